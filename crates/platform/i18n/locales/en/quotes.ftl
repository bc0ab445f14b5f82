### Quotes and special prices of suppliers.
