### Tracking of negotiations.
