//! What many prices would become, before they do: counted, what is wrong first, held against cost and floor.

use std::collections::BTreeMap;

use catalog::Catalog;
use kernel::{Outcome, PriceListId, ProductId, UnitPrice};
use terms::guard::{Bounds, Door};
use web::{App, Fields, Reply, Visitor};

use super::view::PriceRow;
use super::{ChangeLine, Edit, Submitted, actions, confirm};

/// Rows of a preview; what is beyond is counted.
const SHOWN: usize = 200;

/// What would change.
pub(crate) struct Preview {
    /// How many prices, and the sentence that says so.
    pub(crate) count: usize,
    pub(crate) says: String,
    /// How many want a second person, in words; empty for none.
    pub(crate) concerned: String,
    pub(crate) rows: Vec<PriceRow>,
    pub(crate) button: String,
    /// Names what was previewed: another one means that prices or costs have moved since.
    pub(crate) sum: String,
}

impl Preview {
    /// Of lines that would change something.
    pub(crate) fn of(
        app: &App,
        visitor: &Visitor,
        mut lines: Vec<ChangeLine>,
        bounds: &BTreeMap<ProductId, Bounds>,
    ) -> Self {
        let (locale, catalog) = (&visitor.locale, app.part::<Catalog>());
        let sum = sum_of(&edits(&lines));
        // What is wrong stands first; otherwise the order of the list stays.
        lines.sort_by_key(|line| std::cmp::Reverse(line.concern));
        let concerned = lines.iter().filter(|line| line.concern.is_some()).count();
        let counted = |key: &str, count: usize| match count {
            0 => String::new(),
            count => locale.text_with(key, &[("count", count.into())]),
        };
        Self {
            count: lines.len(),
            says: counted("price-bulk-changes", lines.len()),
            concerned: counted("price-bulk-concerned", concerned),
            rows: lines.iter().take(SHOWN).map(|line| PriceRow::of(catalog, locale, line, bounds, true)).collect(),
            button: counted("price-bulk-do", lines.len()),
            sum,
        }
    }
}

/// The edits that make these lines, each with the price that was seen.
pub(crate) fn edits(lines: &[ChangeLine]) -> Vec<Edit> {
    let edit = |line: &ChangeLine| Edit {
        product: line.product,
        from: line.from,
        price: line.new,
        seen: line.old.map(UnitPrice::micros),
    };
    lines.iter().map(edit).collect()
}

/// Names these edits (FNV-1a over each of them, whatever their order).
pub(crate) fn sum_of(edits: &[Edit]) -> String {
    let hash = |edit: &Edit| {
        let price = edit.price.map(UnitPrice::micros);
        let words = format!("{}|{}|{price:?}|{:?}", edit.product, edit.from.thousandths(), edit.seen);
        words
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    };
    let sum = edits.iter().fold(0_u64, |sum, edit| sum.wrapping_add(hash(edit)));
    format!("{}:{sum:016x}", edits.len())
}

/// Submits the edits of a preview with what its form says beside them.
///
/// # Errors
/// Invalid `holds_from`; those of [`actions::submit`].
pub(crate) async fn submit(
    app: &App,
    visitor: &Visitor,
    (list, door): (PriceListId, Door),
    fields: &Fields,
    edits: Vec<Edit>,
) -> Outcome<Submitted> {
    let (ctx, submission) = (&app.ctx(visitor), &confirm::submission(list, door, fields, edits)?);
    app.write(|tx| async move { actions::submit(&tx, ctx, submission).await }).await
}

/// Where one goes after that: to the change, or back to the list where nothing differed.
pub(crate) fn submitted(list: PriceListId, done: Submitted) -> Reply {
    let to = done.change.map_or(format!("/office/price-lists/{list}"), |id| format!("/office/price-changes/{id}"));
    web::flash(web::see_other(&to), if done.waiting > 0 { "price-waiting" } else { "price-saved" })
}

#[cfg(test)]
mod tests {
    use kernel::{Ctx, Currency, Ids, Instant, Quantity, Unit};

    use super::*;

    #[test]
    fn another_preview_has_another_name() {
        let ctx = Ctx::system(Instant::from_micros(0), Ids::seeded(1));
        let (one, two) = (ProductId::new(&ctx), ProductId::new(&ctx));
        let edit = |product, price: i64, seen| Edit {
            product,
            from: Quantity::whole(1, Unit::Piece),
            price: Some(UnitPrice::new(price, Currency::Eur)),
            seen,
        };
        let was = sum_of(&[edit(one, 10, Some(8)), edit(two, 20, None)]);
        assert_eq!(was, sum_of(&[edit(two, 20, None), edit(one, 10, Some(8))]), "in whatever order");
        for other in [
            vec![edit(one, 20, Some(8)), edit(two, 10, None)],
            vec![edit(one, 10, Some(9)), edit(two, 20, None)],
            vec![edit(one, 10, Some(8))],
        ] {
            assert_ne!(was, sum_of(&other));
        }
    }
}
