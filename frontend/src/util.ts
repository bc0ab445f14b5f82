export const language = (): string => document.documentElement.lang || "en";

const separators = (): { decimal: string; group: string } => {
  const parts = new Intl.NumberFormat(language()).formatToParts(1234567.8);
  const find = (type: string): string => parts.find((part) => part.type === type)?.value ?? "";
  return { decimal: find("decimal") || ".", group: find("group") };
};

/** Reads a figure as the page's language writes it, groups of three and all; NaN when it is none. */
export function readNumber(text: string): number {
  const { decimal, group } = separators();
  const typed = text.trim().replace(/[\u00a0\u202f\u2009]/g, " ").replace("\u2212", "-");
  const [whole = "", ...decimals] = typed.split(decimal);
  const marks = group.trim() ? [group, " "] : [" ", "."];
  const mark = marks.find((sign) => new RegExp(`^-?[1-9]\\d{0,2}(\\${sign}\\d{3})+$`).test(whole));
  const plain = [mark ? whole.split(mark).join("") : whole, ...decimals].join(".");
  return /^-?\d+(\.\d*)?$/.test(plain) ? Number(plain) : NaN;
}

/** Writes a figure for a field: the language's decimal sign, no grouping. */
export const fieldNumber = (value: number): string =>
  new Intl.NumberFormat(language(), { useGrouping: false, maximumFractionDigits: 6 }).format(value);

export const showNumber = (value: number): string =>
  new Intl.NumberFormat(language(), { maximumFractionDigits: 2 }).format(value);

/** 'one:pack|other:packs' → the form that this count takes in the page's language. */
export function plural(forms: string, count: number): string {
  const rule = new Intl.PluralRules(language()).select(count);
  const pairs = forms.split("|").map((pair) => pair.split(":"));
  const found = pairs.find(([name]) => name === rule) ?? pairs.find(([name]) => name === "other") ?? pairs[0];
  return found?.[1] ?? "";
}

export function setCookie(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax${secure}`;
}

export const readCookie = (name: string): string | undefined =>
  document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);

/** True while the person is writing, so that a letter is a letter. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])"));

/** An HTML fragment of this shop, or undefined when it could not be had. */
export async function fragment(url: string, signal?: AbortSignal): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin", signal: signal ?? null });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}

/** What a page of this shop answers to a JSON body, or undefined when it could not be had. */
export async function post<T>(url: string, body: unknown, signal?: AbortSignal): Promise<T | undefined> {
  try {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin", signal: signal ?? null });
    return answer.ok ? ((await answer.json()) as T) : undefined;
  } catch {
    return undefined;
  }
}
