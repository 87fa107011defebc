/* Measures a PDF as one would with a ruler, in mm: page size, margins of the text, lines on a page,
 * characters in a line, fonts. By poppler's pdftotext, pdffonts and pdfinfo.
 *
 *     node tests/documents/layout.mjs FILE.pdf
 *
 * Text is measured by the boxes of its glyphs, which stand at the foot of an exact line height: the
 * first line's top is below the page's margin by the line's gap. `top` adds that gap, so it is the
 * margin as set; `glyphTop` is where the ink may begin. */
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const MM = 25.4 / 72;
const PAGE_NUMBER = /^(?:—\d+—|第\d+页共\d+页)$/;
const SMALLEST_TEXT = 12;

const poppler = (tool, ...args) =>
  execFileSync(tool, args, { encoding: 'utf8', maxBuffer: 256 << 20 });

const round = (value, digits = 2) => Number(value.toFixed(digits));

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (text) => text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name) => ENTITIES[name]);

function boxOf(attributes) {
  const value = (name) => Number(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)[1]);
  return { left: value('xMin'), top: value('yMin'), right: value('xMax'), bottom: value('yMax') };
}

const join = (a, b) => ({
  left: Math.min(a.left, b.left), top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right), bottom: Math.max(a.bottom, b.bottom), text: a.text + b.text,
});

/* Words into lines by their lower edge: poppler takes what stands far apart for several lines. */
function linesOf(words) {
  const sorted = [...words].sort((a, b) => a.bottom - b.bottom || a.left - b.left);
  const lines = [];
  for (const word of sorted) {
    const last = lines[lines.length - 1];
    if (last && Math.abs(last[0].bottom - word.bottom) < 2) last.push(word);
    else lines.push([word]);
  }
  return lines.map((line) => line.sort((a, b) => a.left - b.left).reduce(join));
}

/* Every page: size in points and lines from top to bottom, each with its box and text (no spaces). */
export function pages(pdf) {
  const xml = poppler('pdftotext', '-bbox-layout', pdf, '-');
  return xml.split(/<page /).slice(1).map((page) => {
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(page);
    const words = [...page.matchAll(/<word ([^>]*)>([^<]*)<\/word>/g)]
      .map(([, attributes, text]) => ({ ...boxOf(attributes), text: plain(text) }));
    return { width: Number(width), height: Number(height), lines: linesOf(words) };
  });
}

export const isPageNumber = (line) => PAGE_NUMBER.test(line.text);

/* The lines inside the text area: no page number, no small print in header or footer. */
export const bodyLines = (page) =>
  page.lines.filter((line) => !isPageNumber(line) && line.bottom - line.top >= SMALLEST_TEXT);

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/* One page in mm; null for a page without text. */
export function measure(page) {
  const lines = bodyLines(page);
  if (lines.length === 0) return null;
  const pitches = lines.slice(1).map((line, index) => line.bottom - lines[index].bottom);
  const pitch = pitches.length ? median(pitches) : 0;
  const first = lines[0];
  const last = lines[lines.length - 1];
  const fullest = lines.reduce((a, b) => ([...b.text].length > [...a.text].length ? b : a));
  const gap = Math.max(0, pitch - (first.bottom - first.top));
  return {
    width: round(page.width * MM, 1), height: round(page.height * MM, 1),
    top: round((first.top - gap) * MM), glyphTop: round(first.top * MM),
    bottom: round((page.height - last.bottom) * MM),
    left: round(Math.min(...lines.map((line) => line.left)) * MM),
    right: round((page.width - Math.max(...lines.map((line) => line.right))) * MM),
    lines: lines.length, characters: [...fullest.text].length, pitch: round(pitch * MM, 3),
    characterPitch: round(((fullest.right - fullest.left) / [...fullest.text].length) * MM, 3),
    number: pageNumber(page),
  };
}

/* Where the page number stands: its text and distances to the paper's edges. */
function pageNumber(page) {
  const line = page.lines.find(isPageNumber);
  if (!line) return null;
  return {
    text: line.text, left: round(line.left * MM), right: round((page.width - line.right) * MM),
    bottom: round((page.height - line.bottom) * MM),
  };
}

/* Fonts by name, with whether they are embedded. */
export function fonts(pdf) {
  const rows = poppler('pdffonts', pdf).split('\n').slice(2).filter(Boolean);
  return rows.map((row) => {
    const embedded = / (yes|no) +(?:yes|no) +(?:yes|no) +\d+ +\d+ *$/.exec(row);
    return { name: row.split(' ')[0].replace(/^[A-Z]{6}\+/, ''), embedded: embedded?.[1] === 'yes' };
  });
}

export function pageCount(pdf) {
  return Number(/^Pages: +(\d+)/m.exec(poppler('pdfinfo', pdf))[1]);
}

function main([pdf]) {
  if (!pdf) {
    console.error('usage: node tests/documents/layout.mjs FILE.pdf');
    return 2;
  }
  console.log(`pages ${pageCount(pdf)}`);
  pages(pdf).forEach((page, index) => console.log(index + 1, measure(page) ?? 'no text'));
  for (const { name, embedded } of fonts(pdf)) console.log(embedded ? 'embedded' : 'MISSING', name);
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = main(process.argv.slice(2));
}
