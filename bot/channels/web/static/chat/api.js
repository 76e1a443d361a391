// The HTTP interface as three functions; a refusal is an ApiError, a lost network a TypeError.

const TIMEOUT = 20000; // milliseconds
const UPLOAD_TIMEOUT = 300000; // milliseconds: 20 MB over a poor mobile network

/** The server answered with an error. */
export class ApiError extends Error {
  constructor(status, { error, told = "" }, retryAfter = 0) {
    super(`${status} ${error}`);
    this.status = status;
    this.told = told; // what the member may read
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may succeed later. */
  get isTemporary() {
    return this.status === 429 || this.status >= 500;
  }
}

/** Open a conversation, or resume the one of this browser's cookie; `identity` is a signed one of the insurer's page. */
export function openSession(identity) {
  return request("/api/chat/session", identity ? { identity } : {});
}

/** Send one message; repeat it with the same client_id as often as needed. */
export function sendMessage(message) {
  return request("/api/chat/messages", message);
}

/** Send one file and tell `onProgress` the part (0 to 1) that is on its way; repeat it with the same client_id. */
export async function sendFile({ client_id, file }, onProgress, isSecondTry = false) {
  const form = new FormData();
  form.append("client_id", client_id);
  form.append("file", file, file.name || "image");
  const { status, answer } = await upload(form, onProgress);
  if (status === 403 && !isSecondTry) {
    await fetch("/");
    return sendFile({ client_id, file }, onProgress, true);
  }
  if (status >= 400) throw new ApiError(status, answer);
  return answer;
}

/** Tell the adviser, if there is one, that the member writes; whether it arrives does not matter. */
export function tellTyping() {
  fetch("/api/chat/typing", { method: "POST", headers: { "X-CSRFToken": csrfToken() } }).catch(() => {});
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
  if (!response.ok) throw new ApiError(response.status, answer, Number(response.headers.get("Retry-After")) || 0);
  return answer;
}

/** `fetch` cannot tell how far an upload is. */
function upload(form, onProgress) {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    const lose = () => reject(new TypeError("network"));
    call.open("POST", "/api/chat/evidence");
    call.setRequestHeader("X-CSRFToken", csrfToken());
    call.responseType = "json";
    call.timeout = UPLOAD_TIMEOUT;
    call.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    call.onload = () => resolve({ status: call.status, answer: call.response ?? {} });
    call.onerror = call.ontimeout = call.onabort = lose;
    call.send(form);
  });
}

function csrfToken() {
  return /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
}
