-- Suggestions that were never sent are no offers, and answering time counts working minutes: rows are written anew.
UPDATE negotiation_result SET version = -1;
