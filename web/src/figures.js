// Figures in words.

const count = new Intl.NumberFormat('en').format;

/** The estimate in words; null if the question cannot be priced yet, as while it is typed. */
export function costOf(response) {
  const cost = response?.extensions?.cost;
  if (cost) {
    const text = `Estimated ${count(cost.estimated)} of ${count(cost.limit)} objects`;
    return { text, share: Math.min(1, cost.estimated / cost.limit), refused: false };
  }
  const error = response?.errors?.find((it) => it.extensions?.code === 'TOO_EXPENSIVE');
  return error ? { text: error.message, share: 1, refused: true } : null;
}

/** What an answer took. */
export function spent({ body, status, milliseconds, bytes }) {
  if (status === null) return `No answer · ${count(Math.round(milliseconds))} ms`;
  const cost = body?.extensions?.cost;
  const parts = [`Status ${status}`, `${count(Math.round(milliseconds))} ms`, size(bytes)];
  if (cost) parts.push(`${count(cost.statements)} SQL ${cost.statements === 1 ? 'statement' : 'statements'}`, `${count(cost.rows)} rows`);
  if (body?.errors?.length) parts.push(`${body.errors.length} ${body.errors.length === 1 ? 'error' : 'errors'}`);
  return parts.join(' · ');
}

function size(bytes) {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}
