//! What can stand against a change of an account, whether of the company or of one of its people.

kernel::refusals! {
    /// Why a person or company cannot be changed.
    pub enum PeopleRefusal {
        /// Somebody else changed it meanwhile; read it again.
        Stale = "stale" => Conflict,
        /// Nobody may block or demote themselves: the company would be left without an admin.
        Yourself = "people-yourself" => Conflict,
        /// Only of somebody who is blocked can the personal data be deleted.
        NotBlocked = "people-not-blocked" => Conflict,
        /// The company has invited as many people as it may in a day.
        TooManyInvitations = "people-invitations" => TooMany,
        /// The present password is wrong.
        WrongPassword = "password-wrong" => Conflict,
    }
}
