### Experiments.
