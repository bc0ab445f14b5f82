### Simulations and suggested policies.
