// From the JSON of an answer to rows and columns.

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Members that say nothing of their own in a path. */
const TRANSPARENT = new Set(['nodes', 'edges', 'node']);

/**
 * The lists of objects in `data`, the shallowest first:
 * `{ path, rows }`, each row `{ column: value }`. What stands above a list goes into its rows.
 */
export function lists(data) {
  const found = new Map();
  visit(data, [], {}, found);
  const all = [...found].map(([path, rows]) => ({ path, rows, depth: path.split('.').length }));
  all.sort((a, b) => a.depth - b.depth || b.rows.length - a.rows.length);
  if (all.length > 0) return all.map(({ path, rows }) => ({ path, rows }));
  const row = flatten(data);
  return Object.keys(row).length > 0 ? [{ path: '', rows: [row] }] : [];
}

function visit(value, path, above, found) {
  if (Array.isArray(value)) return value.forEach((item) => visit(item, path, above, found));
  if (!isObject(value)) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const inner = TRANSPARENT.has(name) ? path : [...path, name];
    if (isListOfObjects(member)) collect(member, inner, above, found);
    else visit(member, inner, { ...above, ...own(value, path) }, found);
  }
  return undefined;
}

function collect(list, path, above, found) {
  const key = path.join('.');
  const rows = found.get(key) ?? [];
  found.set(key, rows);
  for (const item of list.filter(isObject)) {
    rows.push({ ...above, ...flatten(item) });
    const here = { ...above, ...own(item, path) };
    visitMembers(item, path, here, found);
  }
}

function visitMembers(item, path, above, found) {
  for (const [name, member] of Object.entries(item)) {
    const inner = TRANSPARENT.has(name) ? path : [...path, name];
    if (isListOfObjects(member)) collect(member, inner, above, found);
    else if (isObject(member)) visitMembers(member, inner, TRANSPARENT.has(name) ? { ...above, ...own(member, path) } : above, found);
  }
}

const isListOfObjects = (value) => Array.isArray(value) && value.some(isObject);

/** The plain members of an object, and of the objects it holds, named after their place. */
function own(item, path) {
  const place = path.at(-1) ?? '';
  const columns = {};
  for (const [name, value] of Object.entries(flatten(item))) {
    if (!/(^|\.)totalCount$/.test(name) && !isObject(value) && !nested(item, name)) columns[place ? `${place}.${name}` : name] = value;
  }
  return columns;
}

/** Whether a column was made from a list, which the rows below it need not repeat. */
function nested(item, column) {
  let value = item;
  for (const name of column.split('.')) {
    value = value?.[name];
    if (Array.isArray(value)) return true;
  }
  return isObject(value);
}

/** One row: members of objects get dotted names, and lists become texts. */
export function flatten(item, prefix = '', row = {}) {
  for (const [name, value] of Object.entries(item ?? {})) {
    const column = TRANSPARENT.has(name) && prefix ? prefix : prefix ? `${prefix}.${name}` : name;
    if (name === 'pageInfo' || name === 'cursor') continue;
    if (Array.isArray(value)) row[column] = value.map(label).join('; ');
    else if (isObject(value)) flatten(value, TRANSPARENT.has(name) ? prefix : column, row);
    else row[column] = value;
  }
  return row;
}

const NAMES = ['name', 'title', 'label', 'text', 'slug', 'key', 'kind', 'url', 'id'];

/** What to call a value in one cell. */
export function label(value) {
  if (!isObject(value)) return value === null ? '' : String(value);
  for (const name of NAMES) {
    if (typeof value[name] === 'string') return value[name];
  }
  const inner = Object.values(value).flat().find(isObject);
  return inner ? label(inner) : JSON.stringify(value);
}

/** The names of all columns, in the order of their first appearance. */
export function columns(rows) {
  const names = new Set();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  return [...names];
}
