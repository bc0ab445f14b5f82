import { defineSwitch } from "../switch.ts";

// Light, dark, or as the system says ("auto").
defineSwitch("theme-switch", "theme");
