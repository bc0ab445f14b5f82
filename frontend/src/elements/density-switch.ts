import { defineSwitch } from "../switch.ts";

// Comfortable on the storefront, compact on desk and office, or as the person likes.
defineSwitch("density-switch", "density");
