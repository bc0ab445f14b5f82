-- How many bytes a company's files take together is asked with every file.
CREATE INDEX attachment_company ON attachment (company_id);
