//! Each lever alone, and pairs, as a table around the textbook case: list 120.00, asked 110.00 for 2,000, cost 88.00.

use crate::common::table::check;

#[test]
fn delivery() {
    check(
        "only=delivery                        -> counter delivery:2000@114.30/30d/+14d plain:2000@116.20/30d
         only=delivery ask=115.20             -> counter delivery:2000@115.20/30d/+7d plain:2000@116.20/30d
         only=delivery ask=114.50             -> counter delivery:2000@114.50/30d/+14d plain:2000@116.20/30d
         only=delivery need-in=20 ask=114.50  -> counter plain:2000@116.20/30d
         only=delivery need-in=21 ask=114.50  -> counter delivery:2000@115.00/30d/+7d plain:2000@116.20/30d
         only=delivery charge=500@1000000 ask=114.50 -> counter delivery:2000@114.50/30d/+14d/free plain:2000@116.20/30d
         only=delivery cost=95.27 ask=114.50  -> counter plain:2000@116.20/30d delivery:2000@114.60/30d/+14d
         only=delivery cost=95.27 ask=114.50 saves=27.50 -> counter plain:2000@116.20/30d delivery:2000@114.50/30d/+14d",
    );
}

#[test]
fn freight() {
    check(
        "only=freight                         -> counter freight:2000@114.40/30d/collected plain:2000@116.20/30d
         only=freight together=100.00         -> counter freight:2000@114.40/30d/collected plain:2000@116.20/30d
         only=freight together=100.00 ask=115.20 -> counter freight:2000@115.20/30d/consolidated plain:2000@116.20/30d
         only=freight ask=114.40              -> counter plain:2000@116.20/30d freight:2000@114.40/30d/collected
         only=freight cost=95.32 ask=114.40   -> counter plain:2000@116.20/30d freight:2000@114.40/30d/collected
         only=freight cost=95.33 ask=114.40   -> counter plain:2000@116.20/30d freight:2000@114.50/30d/collected",
    );
}

#[test]
fn commitment() {
    check(
        "only=commitment                      -> counter commitment:2000@110.00/30d/3x in 6m plain:2000@116.20/30d
         only=commitment ask=114.00           -> counter commitment:2000@114.00/30d/2x in 6m plain:2000@116.20/30d
         only=commitment ask=114.00 monthly=1000 -> counter plain:2000@116.20/30d commitment:2000@114.00/30d/6x in 6m
         only=commitment ask=114.00 project   -> counter plain:2000@116.20/30d",
    );
}

#[test]
fn rebate() {
    check(
        "only=rebate                          -> counter plain:2000@116.20/30d
         only=rebate turnover=100000          -> counter rebate:2000@116.20/30d/2.5 % back at 125000.00 plain:2000@116.20/30d
         only=rebate turnover=100000 ask=115.10 -> counter plain:2000@116.20/30d rebate:2000@116.20/30d/1 % back at 110000.00
         only=rebate turnover=100000 ask=113.50 -> counter rebate:2000@116.40/30d/2.5 % back at 125000.00 plain:2000@116.20/30d",
    );
}

#[test]
fn another_product() {
    check(
        "only=alternative instead=112@80      -> counter alternative:2000@110.00/30d plain:2000@116.20/30d
         only=alternative instead=108@80      -> counter alternative:2000@108.00/30d plain:2000@116.20/30d
         only=alternative instead=119@80      -> counter plain:2000@116.20/30d
         only=alternative instead=230@150 lasts=250 -> counter alternative:800@230.00/30d plain:2000@116.20/30d
         only=alternative instead=112@112     -> counter plain:2000@116.20/30d",
    );
}

#[test]
fn goods() {
    check(
        "only=bundle goods=60@20              -> counter plain:2000@116.20/30d bundle:2000@111.40+4000@60.00/30d
         only=bundle goods=60@20 ask=115.00   -> counter plain:2000@116.20/30d bundle:2000@115.00+1000@60.00/30d
         only=bonus goods=60@20               -> counter bonus:2000@116.20+100@0.00/30d plain:2000@116.20/30d
         only=bonus goods=60@20 ask=115.00    -> counter bonus:2000@116.20+50@0.00/30d plain:2000@116.20/30d
         only=bonus goods=60@59 cost=96.6 ask=115.00 -> counter plain:2000@116.20/30d",
    );
}

#[test]
fn pairs() {
    check(
        "only=pairs,delivery,freight          -> counter delivery:2000@114.30/30d/+14d delivery_freight:2000@112.50/30d/+14d/collected plain:2000@116.20/30d
         only=pairs,volume,delivery ask=106   -> counter volume:5300@106.00/30d delivery:2000@114.30/30d/+14d plain:2000@116.20/30d
         only=pairs,volume,payment,delivery,freight ask=104 -> counter volume_payment:4750@104.90/0d volume:5400@105.70/30d plain:2000@116.20/30d
         only=pairs,volume,payment,delivery,freight ask=104 project -> counter payment_delivery:2000@111.50/0d/+14d payment_freight:2000@111.60/0d/collected plain:2000@116.20/30d
         only=pairs,commitment,rebate turnover=100000 -> counter commitment:2000@110.00/30d/3x in 6m rebate:2000@116.20/30d/2.5 % back at 125000.00 plain:2000@116.20/30d",
    );
}

#[test]
fn what_the_supplier_pays() {
    check(
        "bonus=3000@4.00 earlier=20000 cost=100 ask=112 -> counter volume:3000@114.30/30d payment:2000@119.30/0d
         cost=100 ask=116.20                  -> counter volume_payment:2600@119.20/0d payment:2000@119.30/0d
         support=2000@4.00 cost=100 ask=116.20 -> accept plain:2000@116.20/30d
         support=1000@4.00 cost=100 ask=116.20 -> counter plain:2000@117.80/30d payment:2000@117.10/0d
         support=1000@7.00 cost=100 ask=116.20 -> accept plain:2000@116.20/30d
         support=1000@5.00 cost=100 ask=116.20 -> counter plain:2000@117.20/30d payment:2000@116.60/0d",
    );
}

#[test]
fn conditions() {
    check(
        "customers=customer.revenue~>=~100000 -> counter volume:4000@110.00/30d payment:2000@113.40/0d plain:2000@116.20/30d
         customers=customer.revenue~>=~300000 -> decline customer list:2000@120.00/30d
         customers=customer.margin~>~0.1      -> decline customer list:2000@120.00/30d
         products=product.margin~>~0.2        -> counter volume:4000@110.00/30d payment:2000@113.40/0d plain:2000@116.20/30d
         products=product.margin~>~0.3        -> decline product list:2000@120.00/30d
         products=product.margin~>~0.2 cost=none -> decline product list:2000@120.00/30d
         turned-down=volume                   -> counter payment:2000@113.40/0d volume:4000@110.00/30d plain:2000@116.20/30d",
    );
}
