// The table by Tabulator, which draws only the rows that are seen.
import {
  FilterModule, FormatModule, InteractionModule, PageModule, ResizeColumnsModule, SortModule, Tabulator,
} from 'tabulator-tables';
import 'tabulator-tables/dist/css/tabulator_simple.min.css';
import { typeOf } from './chart.js';

Tabulator.registerModule([FilterModule, FormatModule, InteractionModule, PageModule, ResizeColumnsModule, SortModule]);

/** Fills an element with the rows. */
export function drawTable(element, rows, columns) {
  const table = new Tabulator(element, {
    data: rows,
    height: '100%',
    layout: 'fitDataFill',
    nestedFieldSeparator: false,
    placeholder: 'No rows',
    columns: columns.map((name) => column(rows, name)),
  });
  table.on('tableBuilt', () => label(element));
  return table;
}

/** Says what the parts are. The library calls the inner one a group of rows, but the keyboard stops at the outer one. */
function label(element) {
  element.removeAttribute('aria-owns');
  element.querySelector('.tabulator-tableholder').setAttribute('role', 'rowgroup');
  element.querySelector('.tabulator-table').setAttribute('role', 'presentation');
}

function column(rows, name) {
  const type = typeOf(rows, name);
  return {
    title: name,
    field: name,
    sorter: type === 'number' ? 'number' : 'string',
    hozAlign: type === 'number' ? 'right' : 'left',
    maxInitialWidth: 360,
    headerFilter: filterField,
    // For a field of our own the library would ask for equality.
    headerFilterFunc: 'like',
    headerFilterLiveFilter: true,
  };
}

/** Keeps rows that contain the text. */
function filterField(cell, _rendered, success) {
  const input = document.createElement('input');
  input.type = 'search';
  input.setAttribute('aria-label', `Filter by ${cell.getColumn().getField()}`);
  input.placeholder = 'filter';
  input.addEventListener('input', () => success(input.value));
  return input;
}
