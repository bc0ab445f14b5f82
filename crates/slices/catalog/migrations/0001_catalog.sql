CREATE TABLE category (
    id TEXT NOT NULL PRIMARY KEY,
    parent_id TEXT REFERENCES category (id),
    code TEXT NOT NULL,
    position {{int}} NOT NULL,
    icon TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL
) {{strict}};
CREATE UNIQUE INDEX category_code ON category (code);

-- Names in other languages than the merchant's first.
CREATE TABLE category_text (
    category_id TEXT NOT NULL REFERENCES category (id),
    language TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY (category_id, language)
) {{strict}};

-- What a product can be described by: `kind` is number, text or flag; numbers are thousandths of `unit`.
CREATE TABLE attribute_key (
    key TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    names TEXT NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    is_filter {{bool}} NOT NULL,
    position {{int}} NOT NULL
) {{strict}};

-- Quantities (pack, minimum, step, stock) are thousandths of the unit.
CREATE TABLE product (
    id TEXT NOT NULL PRIMARY KEY,
    sku TEXT NOT NULL,
    gtin TEXT,
    mpn TEXT,
    category_id TEXT NOT NULL REFERENCES category (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    attributes TEXT NOT NULL,
    unit TEXT NOT NULL,
    pack {{int}} NOT NULL,
    packs_per_pallet {{int}} NOT NULL,
    minimum {{int}} NOT NULL,
    step {{int}} NOT NULL,
    class TEXT NOT NULL,
    order_type TEXT NOT NULL,
    stock {{int}} NOT NULL,
    lead_days {{int}} NOT NULL,
    weight_grams {{int}} NOT NULL,
    origin TEXT,
    customs_code TEXT NOT NULL,
    drawing TEXT,
    cost_micros {{int}},
    cost_currency TEXT,
    is_cost_estimated {{bool}} NOT NULL,
    is_active {{bool}} NOT NULL,
    created_at {{int}} NOT NULL,
    version {{int}} NOT NULL
) {{strict}};
CREATE UNIQUE INDEX product_sku ON product (sku);
CREATE UNIQUE INDEX product_gtin ON product (gtin);
CREATE INDEX product_category ON product (category_id);

CREATE TABLE product_text (
    product_id TEXT NOT NULL REFERENCES product (id),
    language TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY (product_id, language)
) {{strict}};

-- Pictures and documents, by URL or as a file under the data directory. `kind` is image or document.
CREATE TABLE product_media (
    product_id TEXT NOT NULL REFERENCES product (id),
    position {{int}} NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (product_id, position)
) {{strict}};
