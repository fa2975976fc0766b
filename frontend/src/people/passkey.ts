/** Passkeys between the server's JSON and the browser's bytes. */

export type PasskeyKind = "sign-in" | "add";

type Fields = Readonly<Record<string, unknown>>;

/** The options for `navigator.credentials.create`; always a passkey, which names and unlocks by itself. */
export function creationOptions(json: unknown): CredentialCreationOptions {
  const key = publicKeyIn(json, "creation_options");
  const user = fieldsOf(key.user);
  const selection = { ...fieldsOf(key.authenticatorSelection), ...PASSKEY };
  return {
    publicKey: {
      ...key,
      challenge: bytes(key.challenge),
      user: { ...user, id: bytes(user.id) },
      excludeCredentials: described(key.excludeCredentials),
      authenticatorSelection: selection,
    } as unknown as PublicKeyCredentialCreationOptions,
  };
}

const PASSKEY = { residentKey: "required", requireResidentKey: true, userVerification: "required" };

/** The options for `navigator.credentials.get`. */
export function requestOptions(json: unknown): CredentialRequestOptions {
  const key = publicKeyIn(json, "request_options");
  return {
    publicKey: {
      ...key,
      challenge: bytes(key.challenge),
      allowCredentials: described(key.allowCredentials),
    } as unknown as PublicKeyCredentialRequestOptions,
  };
}

/** What the server reads back, the same shape for signing in and for adding. */
export function credentialJson(credential: PublicKeyCredential): string {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const coded = parts.flatMap((name) => {
    const part: unknown = Reflect.get(response, name);
    return part instanceof ArrayBuffer ? [[name, base64url(part)]] : [];
  });
  return JSON.stringify({
    id: credential.id,
    rawId: base64url(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(coded),
  });
}

function publicKeyIn(json: unknown, name: string): Fields {
  const key = fieldsOf(fieldsOf(json)[name]).publicKey;
  if (!key) throw new TypeError(`The server's answer has no ${name}.`);
  return fieldsOf(key);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function described(list: unknown): unknown[] {
  return Array.isArray(list) ? list.map((each) => ({ ...fieldsOf(each), id: bytes(fieldsOf(each).id) })) : [];
}

function bytes(base64: unknown): ArrayBuffer {
  if (typeof base64 !== "string") throw new TypeError("Bytes arrive as base64url text.");
  const raw = atob(base64.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(raw, (character) => character.charCodeAt(0)).buffer;
}

function base64url(buffer: ArrayBuffer): string {
  const raw = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(raw).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
