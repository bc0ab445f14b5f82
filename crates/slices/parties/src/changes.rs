//! What can stand against a change of an account, whether of the company or of one of its people.

kernel::refusals! {
    /// Why a person or company cannot be changed.
    pub enum PeopleRefusal {
        /// Somebody else changed it meanwhile; read it again.
        Stale = "stale" => Conflict,
        /// Nobody may block or demote themselves: the company would be left without an admin.
        Yourself = "people-yourself" => Conflict,
        /// The present password is wrong.
        WrongPassword = "password-wrong" => Conflict,
    }
}
