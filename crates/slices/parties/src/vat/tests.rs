//! Confirmations on both databases.

use db::testing::TestDb;
use kernel::{Country, Ctx, Currency, Date, Failure, Ids, Instant, Outcome, VatId};

use super::{Confirmation, confirm};
use crate::companies::{self, NewCompany, actions::CompanyChange};

const NOW: Instant = Instant::from_micros(1_800_000_000_000_000);

fn code<T>(outcome: Outcome<T>) -> String {
    match outcome {
        Ok(_) => "done".into(),
        Err(Failure::Refused(refused)) => refused.code.into(),
        Err(Failure::Invalid(invalid)) => format!("{}: {}", invalid.fields[0].field, invalid.fields[0].code),
        Err(Failure::NotFound) => "not found".into(),
        Err(Failure::Fault(fault)) => fault.to_string(),
    }
}

#[tokio::test]
async fn fault_m5_a_confirmation_is_of_one_id() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let ctx = &Ctx::system(NOW, Ids::seeded(3));
        let [first, second] = ["DE136695976", "DE811128135"].map(|text| VatId::parse(text).unwrap());
        let new = &NewCompany {
            number: "K1".into(),
            name: "Muster GmbH".into(),
            vat_id: Some(first.clone()),
            country: Country::parse("DE").unwrap(),
            segment: "volume".into(),
            price_group: None,
            currency: Currency::Eur,
            payment_days: 30,
            credit_limit_minor: 0,
            rep: None,
        };
        let id = t.db.write(|tx| async move { companies::actions::create(&tx, ctx, new).await }).await.unwrap();
        let company = || async { companies::queries::company(&t.db.read().await.unwrap(), id).await.unwrap().unwrap() };
        assert_eq!(company().await.vat_confirmed_on, None, "nobody has asked yet");
        let write = |vat_id: &VatId, on: Date, reference: String| {
            let new = Confirmation { vat_id: vat_id.clone(), on, reference };
            t.db.write(move |tx| {
                let new = new.clone();
                async move { confirm(&tx, ctx, id, &new).await }
            })
        };
        let today = NOW.date();
        assert_eq!(code(write(&second, today, String::new()).await), "vat-other-id");
        assert_eq!(code(write(&first, today.plus_days(1), String::new()).await), "on: vat-confirmed-on");
        assert_eq!(code(write(&first, today, "x".repeat(61)).await), "reference: too-long");
        write(&first, today.plus_days(-2), "WAPIAAAA1".into()).await.unwrap();
        write(&first, today, "WAPIAAAA2".into()).await.unwrap();
        assert_eq!(company().await.vat_confirmed_on, Some(today));

        for (vat_id, want) in [(&second, None), (&first, Some(today))] {
            let present = company().await;
            let change = &CompanyChange {
                version: present.version,
                name: present.name,
                vat_id: Some(vat_id.clone()),
                country: present.country,
                segment: present.segment,
                price_group: None,
                payment_days: 30,
                credit_limit_minor: 0,
                rep: None,
                is_negotiation_blocked: false,
            };
            t.db.write(|tx| async move { companies::actions::update(&tx, ctx, id, change).await }).await.unwrap();
            assert_eq!(company().await.vat_confirmed_on, want, "{vat_id}");
        }
        t.remove().await;
    }
}
