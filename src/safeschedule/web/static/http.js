// Asking the server: one place for versions, refusals and what they say.

/** What the server refused, with its problem (RFC 9457). */
export class Refusal extends Error {
  constructor(problem) {
    super(problem.detail || problem.title || "Not done.");
    this.problem = problem;
  }
}

/** Ask the interface for programs; `version` is the version of the week that is seen. */
export async function ask(path, { method = "GET", body, version, signal } = {}) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (version !== undefined) headers["If-Match"] = `"${version}"`;
  const answer = await fetch(`/api/v1${path}`, {
    method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (answer.status === 401) location.assign("/sign-in");
  if (answer.status === 204) return null;
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(told);
  return told;
}

/** Fetch a part of a page. */
export async function part(path) {
  const answer = await fetch(path, { headers: { Accept: "text/html", "X-Part": "1" } });
  if (!answer.ok || answer.redirected) throw new Refusal({ detail: "This could not be shown. Load the page again." });
  return answer.text();
}
