### The editor of policies: versions, levers, conditions.
