import { beforeAll, expect, it, vi } from "vitest";

// happy-dom has none, and htmx makes one while it loads.
vi.stubGlobal(
  "XPathEvaluator",
  class {
    createExpression = () => ({ evaluate: () => ({ iterateNext: () => null }) });
  },
);

const { default: htmx } = await import("htmx.org");
const { setUpHtmx } = await import("./htmx-setup");

beforeAll(() => setUpHtmx(document));

it("htmx brings nothing inline and asks nobody but our own server", () => {
  expect(htmx.config).toMatchObject({ includeIndicatorStyles: false, allowEval: false, selfRequestsOnly: true });
});

it("a form that comes back with errors is shown, a broken page is not", () => {
  const swapFor = (status: string) =>
    htmx.config.responseHandling.find(({ code = "" }) => new RegExp(`^${code}$`).test(status))?.swap;
  expect(["200", "204", "422", "404", "500"].map(swapFor)).toEqual([true, false, true, false, false]);
});
