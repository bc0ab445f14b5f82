### Area: mail. What mails say; the layout is in crates/platform/mail/templates.
