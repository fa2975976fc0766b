import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { find, showPage } from "../lib/test-page";
import { creationOptions, credentialJson, requestOptions } from "./passkey";
import { PasskeyForm } from "./passkey-form";

const bytes = (...values: number[]) => Uint8Array.from(values).buffer;

class FakeCredential {
  readonly id = "-_8";
  readonly rawId = bytes(251, 255);
  readonly type = "public-key";
  readonly authenticatorAttachment = "platform";
  readonly response = { clientDataJSON: bytes(1), authenticatorData: bytes(2), signature: bytes(3), userHandle: null };
  getClientExtensionResults = () => ({});
}

describe("between JSON and bytes", () => {
  it("asks for a passkey that names and unlocks by itself", () => {
    const user = { id: "AQI", name: "amara@example.org", displayName: "Amara" };
    const json = {
      creation_options: {
        publicKey: { challenge: "-_8", user, rp: { id: "x" }, excludeCredentials: [{ id: "Aw", type: "public-key" }] },
      },
    };
    const { publicKey } = creationOptions(json);
    expect(new Uint8Array(publicKey?.challenge as ArrayBuffer)).toEqual(Uint8Array.of(251, 255));
    expect(new Uint8Array(publicKey?.user.id as ArrayBuffer)).toEqual(Uint8Array.of(1, 2));
    expect(publicKey?.authenticatorSelection).toMatchObject({ residentKey: "required", userVerification: "required" });
    expect(publicKey?.excludeCredentials?.[0]?.type).toBe("public-key");
  });

  it("refuses an answer that holds no options", () => {
    expect(() => requestOptions({ request_options: {} })).toThrow(TypeError);
    expect(() => requestOptions("door")).toThrow(TypeError);
  });

  it("writes a credential as the server reads it", () => {
    const json = JSON.parse(credentialJson(new FakeCredential() as unknown as PublicKeyCredential));
    expect(json.rawId).toBe("-_8");
    expect(json.response).toEqual({ clientDataJSON: "AQ", authenticatorData: "Ag", signature: "Aw" });
  });
});

describe("the passkey form", () => {
  const get = vi.fn<() => Promise<unknown>>();
  const submit = vi.fn();

  beforeEach(() => {
    vi.stubGlobal("PublicKeyCredential", FakeCredential);
    vi.stubGlobal("fetch", async () => Response.json({ request_options: { publicKey: { challenge: "AQ" } } }));
    Object.defineProperty(navigator, "credentials", { configurable: true, value: { get } });
    HTMLFormElement.prototype.submit = submit;
    submit.mockReset();
    showPage(`<passkey-form data-kind="sign-in" hidden data-label-cancelled="No passkey was used." data-label-failed="That didn't work.">
      <form method="post" action="/door/2fa/webauthn/login/"><input type="hidden" name="credential"><button>Go</button>
      <p data-passkey-sentence></p></form></passkey-form>`);
  });

  afterEach(() => {
    showPage("");
    vi.unstubAllGlobals();
  });

  it("shows itself where passkeys are known and posts what the device signed", async () => {
    expect(find("passkey-form")).toBeInstanceOf(PasskeyForm);
    expect(find("passkey-form").hidden).toBe(false);
    get.mockResolvedValue(new FakeCredential());
    find<HTMLFormElement>("form").requestSubmit();
    await vi.waitFor(() => expect(submit).toHaveBeenCalledOnce());
    expect(JSON.parse(find<HTMLInputElement>("[name=credential]").value).type).toBe("public-key");
  });

  it("says so when the person changed their mind", async () => {
    get.mockRejectedValue(new DOMException("cancelled", "NotAllowedError"));
    find<HTMLFormElement>("form").requestSubmit();
    await vi.waitFor(() => expect(find("[data-passkey-sentence]").textContent).toBe("No passkey was used."));
    expect(submit).not.toHaveBeenCalled();
  });
});
