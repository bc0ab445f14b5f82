//! `kontor staff`: the first people of an installation, who can then do everything else on its pages.

use std::process::ExitCode;

use clap::Args;
use i18n::Locale;
use kernel::{Ctx, Email, Failure, Outcome, Role};
use parties::people::{self, NewMember};
use parties::sessions;

use crate::configuration::Configuration;
use crate::console::{say, say_error, say_invalid};
use crate::{clock, start};

/// Who, and as what.
#[derive(Args)]
pub(crate) struct StaffArgs {
    /// E-mail address, by which the person signs in.
    email: String,
    /// First and last name.
    #[arg(long)]
    name: String,
    /// What the person does.
    #[arg(long, default_value = "merchant_admin", value_parser = ["sales_rep", "pricing_manager", "merchant_admin"])]
    role: String,
    /// A sales rep who leads the others and gets what they may not decide.
    #[arg(long)]
    leads_sales: bool,
}

/// Adds the person and says where the password is set. It is printed and not mailed, because mail is often the last thing
/// that works in a new installation.
pub(crate) async fn add(configuration: &Configuration, args: &StaffArgs) -> Outcome<ExitCode> {
    let merchant = &configuration.merchant;
    let locale = Locale::by_codes(&merchant.language, &merchant.time_zone);
    let Ok(email) = Email::parse(&args.email) else {
        say_error(&format!("{:?} is no e-mail address", args.email));
        return Ok(ExitCode::FAILURE);
    };
    let new = &NewMember {
        company: None,
        unit: None,
        email,
        name: args.name.trim().to_owned(),
        title: String::new(),
        phone: String::new(),
        roles: Role::parse(&args.role).into_iter().collect(),
        language: merchant.language.clone(),
        time_zone: merchant.time_zone.clone(),
        leads_sales: args.leads_sales,
        password_hash: None,
    };
    let clock = clock::system_clock();
    let db = start::open(configuration, &clock).await?;
    let ctx = &Ctx::system(clock(), start::ids()?);
    let added = db.write(|tx| async move {
        let person = people::actions::create(&tx, ctx, new).await?;
        sessions::links::first_link(&tx, ctx, person, &merchant.base_url).await
    });
    let added = added.await;
    db.close().await;
    match added {
        Ok((link, until)) => {
            say(&format!("{} sets a password at {link} until {}.", new.name, locale.long_moment(until)));
            Ok(ExitCode::SUCCESS)
        }
        Err(Failure::Invalid(invalid)) => {
            say_invalid(&locale, &invalid);
            Ok(ExitCode::FAILURE)
        }
        Err(other) => Err(other),
    }
}
