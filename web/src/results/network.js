// From an answer to nodes and edges.
import { getNamedType, isAbstractType, isInterfaceType, isObjectType, Kind } from 'graphql';

/** Nodes at most; a picture of more shows nothing. */
export const MOST = 500;

const NAMES = ['name', 'title', 'label'];
/** Interfaces that say how a type is used, not what it is. */
const ROLES = new Set(['Node', 'Adopter']);

/**
 * `{ nodes: [{ key, type, family, label, id, slug }], edges: [{ from, to, label }], truncated }` of
 * what `document` got as `data`. Objects without a name, such as usages, are edges or pass on.
 */
export function network(data, document, schema, operationName) {
  const graph = new Graph();
  const operations = (document?.definitions ?? []).filter((it) => it.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find((it) => it.name?.value === operationName) ?? operations[0];
  const fragments = new Map((document?.definitions ?? [])
    .filter((it) => it.kind === Kind.FRAGMENT_DEFINITION).map((it) => [it.name.value, it]));
  const walker = { graph, fragments, schema };
  walk(walker, data, schema?.getQueryType(), operation ? [operation.selectionSet] : [], null, '');
  return graph.result();
}

class Graph {
  nodes = new Map();
  names = new Map();
  edges = new Map();
  truncated = false;

  /** The key of the node that an object stands for; null if there is no room for it. */
  add(object, type, family) {
    const names = ['id', 'slug', ...NAMES].filter((name) => object[name]).map((name) => `${family} ${name} ${object[name]}`);
    let key = names.map((name) => this.names.get(name)).find(Boolean);
    if (!key && this.nodes.size >= MOST) {
      this.truncated = true;
      return null;
    }
    key ??= names[0];
    for (const name of names) this.names.set(name, key);
    const node = this.nodes.get(key) ?? { key, family, type, label: nameOf(object) ?? object.slug };
    for (const name of ['id', 'slug']) if (object[name]) node[name] = object[name];
    if (type !== family) node.type = type;
    this.nodes.set(key, node);
    return key;
  }

  connect(from, to, label) {
    if (from === to) return;
    const known = this.edges.get(`${from}\n${to}`) ?? this.edges.get(`${to}\n${from}`);
    if (!known) this.edges.set(`${from}\n${to}`, { from, to, label });
  }

  result() {
    return { nodes: [...this.nodes.values()], edges: [...this.edges.values()], truncated: this.truncated };
  }
}

const nameOf = (object) => NAMES.map((name) => object[name]).find((name) => typeof name === 'string');

function walk(walker, value, type, selections, parent, via) {
  if (Array.isArray(value)) return value.forEach((item) => walk(walker, item, type, selections, parent, via));
  if (value === null || typeof value !== 'object') return undefined;
  const concrete = concreteType(walker.schema, value, type);
  const fields = collect(walker, selections, concrete);
  const here = parent !== undefined && nameOf(value) && !isRoot(walker, type) ? walker.graph.add(value, nameOfType(concrete, via), familyOf(concrete, via)) : null;
  if (here && parent) walker.graph.connect(parent, here, via);
  const ends = edgeEnds(value, here);
  if (ends) return link(walker, value, ends, fields, concrete);
  for (const [name, member] of Object.entries(value)) {
    const { field, inner } = fields.get(name) ?? { field: name, inner: [] };
    const label = ['nodes', 'edges', 'node'].includes(field) ? via : relationName(field, value, via);
    walk(walker, member, typeOfField(concrete, field), inner, here ?? parent, label);
  }
  return undefined;
}

/** An object with two ends is an edge between them, wherever it was found. */
function edgeEnds(value, here) {
  return !here && value.from && value.to && nameOf(value.from) && nameOf(value.to) ? ['from', 'to'] : null;
}

function link(walker, value, ends, fields, type) {
  const keys = ends.map((end) => {
    const entry = [...fields].find(([name]) => name === end)?.[1] ?? { field: end, inner: [] };
    const endType = typeOfField(type, entry.field);
    const concrete = concreteType(walker.schema, value[end], endType);
    const key = walker.graph.add(value[end], nameOfType(concrete, end), familyOf(concrete, end));
    // What hangs below the end is looked at as well; the end itself is there already.
    walk(walker, value[end], endType, entry.inner, null, '');
    return key;
  });
  if (keys[0] && keys[1]) walker.graph.connect(keys[0], keys[1], value.kind ?? '');
}

const relationName = (field, value, via) => (['technology', 'company', 'adopter', 'product', 'skillArea', 'role', 'entity'].includes(field) && via ? via : value.kind ?? field);

function isRoot(walker, type) {
  return Boolean(type) && type === walker.schema?.getQueryType();
}

function concreteType(schema, value, type) {
  const named = value?.__typename && schema?.getType(value.__typename);
  return named || type;
}

const nameOfType = (type, via) => type?.name ?? via;

/** Types that implement the same interface can be the same thing: a language is a technology. */
function familyOf(type, via) {
  const found = isObjectType(type) ? type.getInterfaces().find((it) => !ROLES.has(it.name)) : null;
  return found?.name ?? nameOfType(type, via);
}

function typeOfField(type, field) {
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  return fields[field] ? getNamedType(fields[field].type) : undefined;
}

/** The selected fields by the name that they answer under. */
function collect(walker, selections, type, found = new Map()) {
  for (const set of selections) {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value;
        const entry = found.get(name) ?? { field: selection.name.value, inner: [] };
        if (selection.selectionSet) entry.inner.push(selection.selectionSet);
        found.set(name, entry);
      } else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : walker.fragments.get(selection.name.value);
        if (applies(walker.schema, fragment?.typeCondition?.name.value, type)) collect(walker, [fragment?.selectionSet], type, found);
      }
    }
  }
  return found;
}

function applies(schema, condition, type) {
  if (!condition || !type || condition === type.name || isAbstractType(type)) return true;
  const wanted = schema?.getType(condition);
  return isAbstractType(wanted) && isObjectType(type) && schema.isSubType(wanted, type);
}

/** A question that opens a node; null if the schema has no way to it. */
export function questionAbout(node, schema) {
  const type = schema?.getType(node.type) ?? schema?.getType(node.family);
  if (!type?.getFields) return null;
  const leaves = Object.values(type.getFields())
    .filter((field) => field.args.length === 0 && !getNamedType(field.type).getFields)
    .map((field) => field.name);
  const selection = `{ ${['__typename', ...leaves].join(' ')} }`;
  const root = schema.getQueryType().getFields();
  if (node.id && root.node) return `query About {\n  node(id: ${JSON.stringify(node.id)}) { ... on ${type.name} ${selection} }\n}`;
  const field = node.family.charAt(0).toLowerCase() + node.family.slice(1);
  if (!node.slug || !root[field]) return null;
  const inner = type.name === node.family ? selection : `{ ... on ${type.name} ${selection} }`;
  return `query About {\n  ${field}(by: {slug: ${JSON.stringify(node.slug)}}) ${inner}\n}`;
}
