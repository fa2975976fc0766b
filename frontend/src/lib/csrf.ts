/** The token that proves to Django that a request comes from one of its own pages. */

/** Looks in `<body hx-headers>`, then in any form, then in the cookie; empty when there is none. */
export function csrfToken(page: Document = document): string {
  return fromBody(page) || fromForm(page) || fromCookie(page.cookie);
}

function fromBody(page: Document): string {
  try {
    const headers: unknown = JSON.parse(page.body.getAttribute("hx-headers") ?? "{}");
    if (typeof headers !== "object" || headers === null) return "";
    const token = (headers as Record<string, unknown>)["X-CSRFToken"];
    return typeof token === "string" ? token : "";
  } catch {
    return "";
  }
}

function fromForm(page: Document): string {
  return page.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

function fromCookie(cookies: string): string {
  const pair = cookies.split("; ").find((each) => each.startsWith("csrftoken="));
  return pair ? decodeURIComponent(pair.slice("csrftoken=".length)) : "";
}
