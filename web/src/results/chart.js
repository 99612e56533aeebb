// Which chart suits some rows, and how to draw it.
import { columns } from './lists.js';

const YEAR = /^\d{4}$/;
const DAY = /^\d{4}-\d{2}-\d{2}(T.*)?$/;
const A_YEAR = /year|appeared|founded|released|since|until/i;
const CODES = /(^|\.)(id|slug|url|website|revision|totalCount)$/;

/** What a column holds: `number`, `time`, `text`, or nothing (null). */
export function typeOf(rows, name) {
  const values = rows.map((row) => row[name]).filter((value) => value !== null && value !== undefined && value !== '');
  if (values.length === 0) return null;
  if (values.every((value) => DAY.test(value))) return 'time';
  if (A_YEAR.test(name) && values.every((value) => YEAR.test(value))) return 'time';
  return values.every((value) => typeof value === 'number') ? 'number' : 'text';
}

const distinct = (rows, name) => new Set(rows.map((row) => row[name])).size;

/** The chart to begin with: `{ kind, x, y }`; without `y` it counts. Null if there is nothing to draw. */
export function suggest(rows) {
  const all = columns(rows).map((name) => ({ name, type: typeOf(rows, name) }));
  const varied = all.filter(({ name, type }) => type && (distinct(rows, name) > 1 || rows.length === 1));
  const [numbers, times, texts] = ['number', 'time', 'text'].map((type) =>
    varied.filter((column) => column.type === type && (type !== 'number' || !CODES.test(column.name))).map((column) => column.name),
  );
  const named = texts.find((name) => /(^|\.)(name|title|label)$/.test(name)) ?? texts.find((name) => !CODES.test(name)) ?? texts[0];
  if (times[0] && numbers[0]) return { kind: 'line', x: times[0], y: numbers[0] };
  if (named && numbers[0]) return { kind: 'bar', x: named, y: numbers[0] };
  if (numbers.length > 1) return { kind: 'scatter', x: numbers[0], y: numbers[1] };
  const kinds = texts.filter((name) => !CODES.test(name) && distinct(rows, name) < rows.length);
  kinds.sort((a, b) => distinct(rows, a) - distinct(rows, b));
  const counted = kinds[0] ?? times[0] ?? named ?? numbers[0];
  return counted ? { kind: 'bar', x: counted, y: null } : null;
}

/** Bars at most: more can neither be read nor told apart. */
const BARS = 40;

/** Bars to draw: values added up by name, or rows counted; the longest first. */
export function bars(rows, x, y) {
  const sums = new Map();
  for (const row of rows) {
    const name = String(row[x] ?? 'none');
    const value = y ? Number(row[y] ?? 0) : 1;
    sums.set(name, (sums.get(name) ?? 0) + value);
  }
  const all = [...sums].map(([name, value]) => ({ name, value }));
  all.sort((a, b) => b.value - a.value);
  return { shown: all.slice(0, BARS), left: Math.max(0, all.length - BARS) };
}

/** A time of a column. */
export function toTime(value) {
  if (value === null || value === undefined || value === '') return null;
  return new Date(YEAR.test(value) ? `${value}-01-01` : value);
}
