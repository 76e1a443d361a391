// The HTTP interface as three functions; a refusal is an ApiError, a lost network a TypeError.

const TIMEOUT = 20000; // milliseconds

/** The server answered with an error. */
export class ApiError extends Error {
  constructor(status, code, retryAfter) {
    super(`${status} ${code}`);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may succeed later. */
  get isTemporary() {
    return this.status === 429 || this.status >= 500;
  }
}

/** Open a conversation, or resume the one of this browser's cookie. */
export function openSession() {
  return request("/api/chat/session", {});
}

/** Send one message; repeat it with the same client_id as often as needed. */
export function sendMessage(message) {
  return request("/api/chat/messages", message);
}

/** Return whether the cookie still opens a conversation. */
export async function isSessionValid() {
  const response = await fetch("/api/chat/messages?after=2147483647", { signal: AbortSignal.timeout(TIMEOUT) });
  return response.status !== 401;
}

async function request(address, body, isSecondTry = false) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken() };
  const signal = AbortSignal.timeout(TIMEOUT);
  const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(body), signal });
  if (response.status === 403 && !isSecondTry) {
    await fetch("/", { signal }); // the CSRF cookie was lost; the page sets it again
    return request(address, body, true);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(response.status, answer.error, Number(response.headers.get("Retry-After")) || 0);
  return answer;
}

function csrfToken() {
  return /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
}
