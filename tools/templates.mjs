/* Paper templates, from their line markup to docx, at build time.
 *
 *     node tools/templates.mjs SRC_DIR OUT_DIR
 *
 * Every SRC_DIR/NAME.txt becomes OUT_DIR/NAME.docx. The markup is described in
 * data/documents/README.md: one line is one paragraph or one table row, its first word says what it
 * is. The sizes follow GB/T 9704-2012. Placeholders ({{…}}) pass through untouched, each paragraph in
 * one run, so that the filler finds them whole; here they are only checked for being closed.
 * The same source gives the same bytes: no clock, no random identifiers. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';

const FONT = {
  song: '宋体', fangsong: '仿宋_GB2312', kai: '楷体_GB2312', hei: '黑体',
  title: '方正小标宋简体',
};
const RED = 'FF0000';
const GREY = '808080';
const PALE = '#e4e4e4';

/* 28 characters of 16 pt are 158 mm, 2 mm more than the type area: each gives 0.2 pt back. */
const BODY_SIZE = 16;
const BODY_SQUEEZE = -0.2;
const CHARACTER = BODY_SIZE + BODY_SQUEEZE;
/* 22 lines of 28.95 pt fill the 225 mm. An exact height, no document grid: Word, WPS and LibreOffice
 * each read a grid differently, an exact height they read alike. */
const LINE = 28.95;

class TemplateError extends Error {}

// --- Units ------------------------------------------------------------------------------------

const twips = (points) => Math.round(points * 20);
const pointsOf = (mm) => (mm * 72) / 25.4;
const twipsOf = (mm) => twips(pointsOf(mm));

const ENTITY = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text) => text.replace(/[&<>"]/g, (c) => ENTITY[c]);

// --- Page formats -----------------------------------------------------------------------------

/* Lengths in mm. The right margin is 26 mm less the rounding of 28 characters, or LibreOffice breaks
 * full lines after 27. `numbers`: how pages are numbered; `footer`: from the page's lower edge. */
const OFFICIAL_PAGE = {
  size: [210, 297], top: 37, bottom: 35, left: 28, right: 25.8, header: 12, footer: 18.2,
  numbers: 'dashes',
};
const FORM_PAGE = {
  size: [210, 297], top: 22, bottom: 20, left: 25, right: 20, header: 10, footer: 9, numbers: 'of',
};
const LEDGER_A3 = {
  size: [420, 297], top: 22, bottom: 20, left: 20, right: 20, header: 10, footer: 9, numbers: 'of',
};
const LEDGER_A4 = {
  size: [297, 210], top: 22, bottom: 20, left: 18, right: 18, header: 10, footer: 9, numbers: 'of',
};

const FORMATS = {
  公文: { page: OFFICIAL_PAGE, text: 'official' },
  信函: { page: { ...OFFICIAL_PAGE, header: 30 }, text: 'official', letter: true },
  平文: { page: OFFICIAL_PAGE, text: 'official' },
  表单: { page: FORM_PAGE, text: 'form' },
  横表: { page: LEDGER_A3, text: 'form' },
  '横表 A3': { page: LEDGER_A3, text: 'form' },
  '横表 A4': { page: LEDGER_A4, text: 'form' },
};

const textWidth = (page) => page.size[0] - page.left - page.right;

// --- Styles -----------------------------------------------------------------------------------

/* Sizes and distances in points; `first`, `left`, `right` are indents. Every style word of the markup
 * is a named style of the docx, so that an office may change it once for the whole paper. */
const body = {
  font: FONT.fangsong, size: BODY_SIZE, squeeze: BODY_SQUEEZE, line: LINE, align: 'both',
  first: 2 * CHARACTER,
};
const OFFICIAL_STYLES = {
  眉首: { ...body, id: 'Marking', font: FONT.hei, align: 'left', first: 0 },
  /* Narrowed to 60 %: the full name of a leading group's office and 文件 have to fit one line. */
  机关: {
    id: 'Issuer', font: FONT.title, size: 38, line: 41, align: 'center', colour: RED, narrow: 60,
    after: 2 * LINE - 3,
  },
  字号: { ...body, id: 'Number', align: 'center', first: 0 },
  红线: { id: 'RedLine', font: FONT.fangsong, size: 5, line: 7.2, rule: { colour: RED, size: 12 } },
  标题: {
    id: 'Heading', font: FONT.title, size: 22, line: 34, align: 'center', before: 2 * LINE,
    next: true,
  },
  主送: { ...body, id: 'Addressee', align: 'left', first: 0, before: LINE },
  正文: { ...body, id: 'Body' },
  一级: { ...body, id: 'Level1', font: FONT.hei, next: true },
  二级: { ...body, id: 'Level2', font: FONT.kai, next: true },
  三级: { ...body, id: 'Level3' },
  附件: { ...body, id: 'Enclosure', align: 'left', before: LINE, next: true },
  落款: {
    ...body, id: 'Signature', align: 'right', first: 0, right: 2 * CHARACTER, before: 2 * LINE,
    next: true,
  },
  日期: { ...body, id: 'Date', align: 'right', first: 0, right: 4 * CHARACTER },
  附件标: { ...body, id: 'AnnexMark', font: FONT.hei, align: 'left', first: 0, next: true },
  表题: {
    id: 'TableTitle', font: FONT.title, size: 22, line: 34, align: 'center', before: 14, after: 14,
    next: true,
  },
  表注: { id: 'TableNote', font: FONT.fangsong, size: 12, line: 20, align: 'left', next: true },
  小题: { id: 'Subhead', font: FONT.hei, size: 14, line: 24, before: 8, after: 3, next: true },
  说明: { id: 'Remark', font: FONT.fangsong, size: 10.5, line: 16, before: 4, align: 'both' },
  格头: { id: 'CellHead', font: FONT.hei, size: 10.5, line: 15, align: 'center' },
  格文: { id: 'Cell', font: FONT.fangsong, size: 10.5, line: 15, align: 'left' },
  抄送: { id: 'Imprint', font: FONT.fangsong, size: 14, line: 24, align: 'both' },
  /* The dash stands 7 mm below the type area: what is `after` lifts it over the grey line. */
  页码: { id: 'PageNumber', font: FONT.song, size: 14, line: 16, after: 8 },
  灰字: { id: 'Grey', font: FONT.song, size: 8, line: 11, align: 'center', colour: GREY },
  空隙: { id: 'Gap', font: FONT.song, size: 1, line: 1 },
};
const small = { font: FONT.fangsong, size: 12, line: 20, align: 'both', first: 24 };
const FORM_STYLES = {
  ...OFFICIAL_STYLES,
  正文: { ...small, id: 'Body' },
  一级: { ...small, id: 'Level1', font: FONT.hei, next: true },
  二级: { ...small, id: 'Level2', font: FONT.kai, next: true },
  落款: { ...small, id: 'Signature', align: 'right', before: 12, next: true },
  日期: { ...small, id: 'Date', align: 'right' },
  表题: { ...OFFICIAL_STYLES.表题, size: 20, line: 30, before: 0, after: 8 },
  页码: { id: 'PageNumber', font: FONT.song, size: 9, line: 12, align: 'center' },
};
const STYLE_SETS = { official: OFFICIAL_STYLES, form: FORM_STYLES };

const fontsXml = (font) =>
  `<w:rFonts w:ascii="${font}" w:hAnsi="${font}" w:eastAsia="${font}" w:cs="${font}"/>`;

function characterXml(style) {
  return [
    fontsXml(style.font),
    style.colour ? `<w:color w:val="${style.colour}"/>` : '',
    style.squeeze ? `<w:spacing w:val="${twips(style.squeeze)}"/>` : '',
    style.narrow ? `<w:w w:val="${style.narrow}"/>` : '',
    `<w:sz w:val="${style.size * 2}"/><w:szCs w:val="${style.size * 2}"/>`,
  ].join('');
}

function indentXml({ first = 0, left = 0, right = 0 }) {
  if (!first && !left && !right) return '';
  return `<w:ind w:left="${twips(left)}" w:right="${twips(right)}" w:firstLine="${twips(first)}"/>`;
}

function spacingXml({ before = 0, after = 0, line }) {
  const height = line ? ` w:line="${twips(line)}" w:lineRule="exact"` : '';
  return `<w:spacing w:before="${twips(before)}" w:after="${twips(after)}"${height}/>`;
}

const ruleXml = ({ colour, size, side = 'bottom' }) =>
  `<w:pBdr><w:${side} w:val="single" w:sz="${size}" w:space="0" w:color="${colour}"/></w:pBdr>`;

/* No widow control, no hanging punctuation, no gaps between Chinese and digits: each of them would
 * change the number of lines on a page or of characters on a line. */
const NO_WIDOWS = '<w:widowControl w:val="0"/>';
const STRICT_LINE =
  '<w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>';

function paragraphXml(style) {
  return [
    style.next ? '<w:keepNext/>' : '',
    NO_WIDOWS,
    style.rule ? ruleXml(style.rule) : '',
    STRICT_LINE,
    spacingXml(style),
    indentXml(style),
    style.align ? `<w:jc w:val="${style.align}"/>` : '',
  ].join('');
}

const styleXml = (name, style) =>
  `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${style.id}"><w:name w:val="${name}"/>` +
  `<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${paragraphXml(style)}</w:pPr>` +
  `<w:rPr>${characterXml(style)}</w:rPr></w:style>`;

const NORMAL =
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>';

function stylesPart(styles) {
  const all = Object.entries(styles).map(([name, style]) => styleXml(name, style)).join('');
  return part('w:styles',
    `<w:docDefaults><w:rPrDefault><w:rPr>${fontsXml(FONT.fangsong)}` +
    '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>' +
    `</w:rPr></w:rPrDefault></w:docDefaults>${NORMAL}${all}`);
}

// --- Paragraphs -------------------------------------------------------------------------------

const NAMESPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' +
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ' +
  'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" ' +
  'xmlns:w10="urn:schemas-microsoft-com:office:word"';
const PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const part = (root, inner) => `${PROLOGUE}<${root} ${NAMESPACES}>${inner}</${root}>`;

const run = (text) =>
  text === '' ? '' : `<w:r><w:t xml:space="preserve">${escape(text)}</w:t></w:r>`;

const paragraph = (style, inner, extra = '') =>
  `<w:p><w:pPr><w:pStyle w:val="${style.id}"/>${extra}</w:pPr>${inner}</w:p>`;

const gap = (styles) => paragraph(styles.空隙, '');

/* `left | right` or `left | middle | right`: spread over the line by tab stops. */
function spreadParagraph(style, text, widthMm) {
  const pieces = cellsOf(text);
  if (pieces.length < 2) return paragraph(style, run(text));
  const stop = (align, at) => `<w:tab w:val="${align}" w:pos="${twipsOf(at)}"/>`;
  const stops = [...(pieces.length > 2 ? [stop('center', widthMm / 2)] : []), stop('right', widthMm)];
  const inner = pieces.map(run).join('<w:r><w:tab/></w:r>');
  return paragraph(style, inner, `<w:tabs>${stops.join('')}</w:tabs>`);
}

// --- Tables -----------------------------------------------------------------------------------

const ALIGN = { 左: 'left', 中: 'center', 右: 'right' };

/* A bar stands between cells only with a space before it: {{日期|汉字}} has none. */
const cellsOf = (text) => text.split(/ \|(?= |$)/).map((cell) => cell.replace(/^ +| +$/g, ''));

function columnsOf(text) {
  return text.split(/ +/).map((word) => {
    const match = /^(\d+(?:\.\d+)?)([左中右]?)$/.exec(word);
    if (!match) throw new TemplateError(`not a column width in mm: ${word}`);
    return { width: Number(match[1]), align: ALIGN[match[2] || '左'] };
  });
}

/* Cells with their span: "<" belongs to the cell on its left. */
function spans(cells) {
  const out = [];
  cells.forEach((text, column) => {
    if (text !== '<') return out.push({ text, column, span: 1 });
    if (out.length === 0) throw new TemplateError('"<" has no cell on its left');
    out[out.length - 1].span += 1;
    return 0;
  });
  return out;
}

function cellXml(cell, columns, merge, paragraphs, upright = 'center') {
  const width = columns.slice(cell.column, cell.column + cell.span)
    .reduce((sum, column) => sum + column.width, 0);
  return '<w:tc><w:tcPr>' +
    `<w:tcW w:w="${twipsOf(width)}" w:type="dxa"/>` +
    (cell.span > 1 ? `<w:gridSpan w:val="${cell.span}"/>` : '') + merge +
    `<w:vAlign w:val="${upright}"/></w:tcPr>${paragraphs}</w:tc>`;
}

function rowXml(cells, { height = 0, exact = false, head = false, whole = false } = {}) {
  const rule = exact ? ' w:hRule="exact"' : ' w:hRule="atLeast"';
  const properties = (whole ? '<w:cantSplit/>' : '') +
    (height ? `<w:trHeight w:val="${twipsOf(height)}"${rule}/>` : '') +
    (head ? '<w:tblHeader/>' : '');
  return `<w:tr>${properties ? `<w:trPr>${properties}</w:trPr>` : ''}${cells}</w:tr>`;
}

const LINE_BORDERS = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`).join('');

/* Centred, so that the table's lines, not its text, stand on the margins in every program. */
function tableXml(columns, rows, { borders = LINE_BORDERS, padding = 1.2, place = '' } = {}) {
  const total = columns.reduce((sum, column) => sum + column.width, 0);
  const side = (name) => `<w:${name} w:w="${twipsOf(padding)}" w:type="dxa"/>`;
  const foot = padding ? `<w:bottom w:w="${twipsOf(0.7)}" w:type="dxa"/>` : '';
  return `<w:tbl><w:tblPr>${place}<w:tblW w:w="${twipsOf(total)}" w:type="dxa"/>` +
    (place ? '' : '<w:jc w:val="center"/>') +
    (borders ? `<w:tblBorders>${borders}</w:tblBorders>` : '') +
    `<w:tblLayout w:type="fixed"/><w:tblCellMar>${side('left')}${foot}${side('right')}</w:tblCellMar>` +
    `</w:tblPr><w:tblGrid>` +
    columns.map((column) => `<w:gridCol w:w="${twipsOf(column.width)}"/>`).join('') +
    `</w:tblGrid>${rows.join('')}</w:tbl>`;
}

class Table {
  constructor(text, page, styles) {
    this.columns = columnsOf(text);
    this.styles = styles;
    this.rows = [];
    const total = this.columns.reduce((sum, column) => sum + column.width, 0);
    if (total > textWidth(page) + 0.5) {
      throw new TemplateError(`the columns are ${total} mm wide, the page holds ${textWidth(page)}`);
    }
  }

  add(word, height, text) {
    const cells = cellsOf(text);
    if (cells.length !== this.columns.length) {
      throw new TemplateError(`${cells.length} cells, the table has ${this.columns.length} columns`);
    }
    this.rows.push({ word, height, cells: spans(cells) });
  }

  /* A cell begins a vertical merge if the one under it is "^". */
  mergeOf(row, cell) {
    if (cell.text === '^') return '<w:vMerge/>';
    const under = this.rows[row + 1]?.cells.find((other) => other.column === cell.column);
    return under?.text === '^' ? '<w:vMerge w:val="restart"/>' : '';
  }

  /* In 项 and 签 rows label and value take turns, which counts merged cells once. */
  paragraphs(word, cell, nth) {
    const label = word === '表头' || (word !== '行' && nth % 2 === 0);
    const style = label ? this.styles.格头 : this.styles.格文;
    const { align } = this.columns[cell.column];
    const set = !label && align !== style.align ? `<w:jc w:val="${align}"/>` : '';
    const text = cell.text === '^' ? '' : cell.text;
    return text.split(' // ').map((line) => paragraph(style, run(line), set)).join('');
  }

  xml() {
    const rows = this.rows.map(({ word, height, cells }, row) => {
      const inner = cells.map((cell, nth) => cellXml(
        cell, this.columns, this.mergeOf(row, cell), this.paragraphs(word, cell, nth))).join('');
      const head = word === '表头';
      return rowXml(inner, { height: height || 8, head, whole: word !== '项' });
    });
    return tableXml(this.columns, rows);
  }
}

// --- Parts of an official paper ---------------------------------------------------------------

/* At least one paragraph: a cell may not be empty. */
const markingLines = (lines, styles) =>
  (lines.length ? lines : ['']).map((line) => paragraph(styles.眉首, run(line))).join('');

/* The markings (secrecy, urgency) stand in a box without lines, 35 mm high whatever it holds: so the
 * issuer's mark keeps its place. The paragraph after it begins with the mark's own line. */
function markingsBox(lines, page, styles) {
  const inner = markingLines(lines, styles);
  const columns = [{ width: textWidth(page) }];
  const cell = cellXml({ column: 0, span: 1 }, columns, '', inner, 'top');
  return tableXml(columns, [rowXml(cell, { height: 35, exact: true })], { borders: '', padding: 0 });
}

/* A letter has its number on the right of the same line. */
function letterBox(lines, number, page, styles) {
  const columns = [{ width: textWidth(page) / 2 }, { width: textWidth(page) / 2 }];
  const right = paragraph(styles.字号, run(number), '<w:jc w:val="right"/>');
  const left = markingLines(lines, styles);
  const cells = [left, right].map((inner, column) =>
    cellXml({ column, span: 1 }, columns, '', inner, 'top')).join('');
  return tableXml(columns, [rowXml(cells)], { borders: '', padding: 0 });
}

/* 版记: copies, printer and date between lines, thick outside and thin inside; floating, it stands at
 * the foot of the type area of the last page. */
function imprintXml(lines, page, styles, floating) {
  const width = textWidth(page);
  const columns = [{ width: 20.5 }, { width: width - 85.5 }, { width: 65 }];
  const blank = styles.抄送.size;
  const text = (value, extra) => paragraph(styles.抄送, run(value), extra);
  const left = indentXml({ left: blank });
  const right = indentXml({ right: blank });
  const rows = lines.map(({ word, cells }) => {
    const copies = word === '抄送';
    const first = { column: 0, span: copies ? 1 : 2 };
    const second = { column: first.span, span: 3 - first.span };
    const end = text(cells[1], copies ? right : `${right}<w:jc w:val="right"/>`);
    return rowXml(
      cellXml(first, columns, '', text(cells[0], left), 'top') +
      cellXml(second, columns, '', end, 'top'), { whole: true });
  });
  const line = (side, size) =>
    `<w:${side} w:val="single" w:sz="${size}" w:space="0" w:color="000000"/>`;
  /* Across from the page, along from the margin: LibreOffice floats no other table of this width. */
  const place = '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" ' +
    `w:horzAnchor="page" w:tblpX="${twipsOf(page.left)}" w:tblpYSpec="bottom"/>` +
    '<w:tblOverlap w:val="never"/>';
  const borders = line('top', 8) + line('bottom', 8) + line('insideH', 6);
  return tableXml(columns, rows, { borders, padding: 0, place: floating ? place : '' });
}

/* The double line of a letter, as two paragraphs: what "thick-thin" means differs between programs. */
function doubleRedLine(page, thickFirst) {
  const edge = (page.size[0] - 170) / 2;
  const indent = indentXml({ left: pointsOf(edge - page.left), right: pointsOf(edge - page.right) });
  const rule = (size, line) => paragraph({ id: 'Gap' }, '',
    ruleXml({ colour: RED, size }) + spacingXml({ line }) + indent);
  const [above, below] = thickFirst ? [18, 6] : [6, 18];
  return rule(above, 1) + rule(below, 3);
}

// --- Headers and footers ----------------------------------------------------------------------

const STAMP = '{{水印}}{{?校验码}}　校验码 {{校验码}}{{/校验码}}';

const field = (code) =>
  `<w:fldSimple w:instr=" ${code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>`;

function numberParagraph(page, styles, even) {
  if (page.numbers === 'of') {
    return paragraph(styles.页码,
      `${run('第 ')}${field('PAGE')}${run(' 页　共 ')}${field('NUMPAGES')}${run(' 页')}`);
  }
  const side = even ? { left: styles.页码.size } : { right: styles.页码.size };
  return paragraph(styles.页码, `${run('— ')}${field('PAGE')}${run(' —')}`,
    `${indentXml(side)}<w:jc w:val="${even ? 'left' : 'right'}"/>`);
}

/* Text across the page, behind it; the filler replaces the placeholder in the attribute as well. */
const watermark = (id, page) => {
  const width = Math.round(pointsOf(Math.min(...page.size)) * 0.8);
  return '<w:r><w:rPr><w:noProof/></w:rPr><w:pict>' +
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" ' +
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>' +
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>' +
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>' +
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>' +
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/>' +
    '</v:formulas><v:path textpathok="t" o:connecttype="custom" ' +
    'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>' +
    '<v:textpath on="t" fitshape="t"/><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>' +
    `<v:shape id="PowerPlusWaterMarkObject${id}" o:spid="_x0000_s${2048 + id}" ` +
    `type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:${width}pt;` +
    `height:${Math.round(width / 14)}pt;rotation:315;z-index:-251658752;` +
    'mso-position-horizontal:center;mso-position-horizontal-relative:page;' +
    'mso-position-vertical:center;mso-position-vertical-relative:page" o:allowincell="f" ' +
    `fillcolor="${PALE}" stroked="f"><v:textpath ` +
    `style="font-family:&quot;${FONT.song}&quot;;font-size:1pt" string="{{水印}}"/>` +
    '<w10:wrap anchorx="page" anchory="page"/></v:shape></w:pict></w:r>';
};

function headerPart(id, page, styles, inner = '') {
  return part('w:hdr', paragraph(styles.空隙, watermark(id, page)) + inner);
}

const stamp = (styles) => paragraph(styles.灰字, run(STAMP));

const footerPart = (page, styles, even) =>
  part('w:ftr', numberParagraph(page, styles, even) + stamp(styles));

/* First page of a letter: no number, the second double line 20 mm above the page's edge. */
const letterFooter = (page, styles) =>
  part('w:ftr', stamp(styles) + doubleRedLine(page, false) +
    paragraph(styles.空隙, '', spacingXml({ line: pointsOf(20 - page.footer) })));

const letterHeader = (issuer, page, styles) => headerPart(3, page, styles,
  paragraph(styles.机关, run(issuer), spacingXml({ ...styles.机关, after: 4 })) +
  doubleRedLine(page, true) + gap(styles));

// --- Reading the markup -----------------------------------------------------------------------

const PARAGRAPHS = new Set(['标题', '主送', '正文', '一级', '二级', '三级', '附件', '落款', '日期',
  '附件标', '表题', '小题', '说明']);
const ROWS = new Set(['表头', '项', '行', '签']);

/* Line by line into parts; a run of lines of one kind (markings, table rows, imprint) is held back in
 * `open` and written at the first line that is of another kind. */
class Template {
  constructor() {
    this.format = null;
    this.name = '';
    this.out = [];
    this.open = null;
    this.issuer = '';
    this.tags = [];
  }

  get page() { return this.format.page; }

  get styles() { return STYLE_SETS[this.format.text]; }

  line(text) {
    this.checkTags(text);
    if (this.format && /^(\{\{[#?^/!][^}]*\}\})+$/.test(text)) {
      return this.put(paragraph(this.styles.正文, run(text)));
    }
    const match = /^([^\s(]+)(?:\((\d+)\))?(?: +(.*))?$/.exec(text);
    if (!match) throw new TemplateError(`no style word: ${text}`);
    const [, word, height, rest = ''] = match;
    if (word === '版式') return this.setFormat(rest);
    if (!this.format) throw new TemplateError('the first line must be 版式');
    if (height && !ROWS.has(word)) throw new TemplateError(`${word} takes no height`);
    return this.element(word, Number(height ?? 0), rest);
  }

  setFormat(name) {
    if (this.format) throw new TemplateError('a second 版式');
    this.format = FORMATS[name];
    if (!this.format) throw new TemplateError(`unknown 版式: ${name}`);
  }

  element(word, height, rest) {
    if (PARAGRAPHS.has(word)) return this.put(paragraph(this.styles[word], run(rest)));
    if (ROWS.has(word)) return this.row(word, height, rest);
    switch (word) {
      case '名称': this.name = rest; return 0;
      case '眉首': return this.hold('markings', []).push(rest);
      case '机关': return this.mark(rest);
      case '字号': return this.number(rest);
      case '红线': return this.put(paragraph(this.styles.红线, ''));
      case '表注': return this.put(spreadParagraph(this.styles.表注, rest, textWidth(this.page)));
      case '表': this.close(); this.hold('table', new Table(rest, this.page, this.styles)); return 0;
      case '抄送': case '印发': return this.imprint(word, rest);
      case '空行': return this.put(paragraph(this.styles.正文, ''));
      case '分页': return this.put(paragraph(this.styles.空隙, '', '<w:pageBreakBefore/>'));
      default: throw new TemplateError(`unknown style word: ${word}`);
    }
  }

  put(xml) {
    this.close();
    this.out.push(xml);
  }

  /* The open run of this kind, begun with `fresh` if another kind or none is open. */
  hold(kind, fresh) {
    if (this.open?.kind !== kind) {
      this.close();
      this.open = { kind, value: fresh };
    }
    return this.open.value;
  }

  /* A table is followed by a paragraph 1 pt high: two tables would else run together, and a document
   * may not end with one. */
  close() {
    const { kind, value } = this.open ?? {};
    this.open = null;
    if (kind === 'table') this.out.push(value.xml(), gap(this.styles));
    if (kind === 'imprint') this.out.push(this.imprintBlock(value), gap(this.styles));
    if (kind === 'markings') this.out.push(markingsBox(value, this.page, this.styles));
  }

  /* Behind a table the imprint follows it, not at the foot of the page: LibreOffice would push the
   * table's rows before a floating one to the next page. */
  imprintBlock(lines) {
    const previous = this.out[this.out.length - 2] ?? '';
    if (!previous.startsWith('<w:tbl>')) return imprintXml(lines, this.page, this.styles, true);
    return paragraph(this.styles.抄送, '') + imprintXml(lines, this.page, this.styles, false);
  }

  row(word, height, rest) {
    if (this.open?.kind !== 'table') throw new TemplateError(`${word} outside of a table`);
    this.open.value.add(word, height, rest);
  }

  imprint(word, rest) {
    const cells = cellsOf(rest);
    if (cells.length !== 2) throw new TemplateError(`${word} takes two cells`);
    this.hold('imprint', []).push({ word, cells });
  }

  /* The mark of a letter stands in the first page's header, above the type area. */
  mark(rest) {
    this.issuer = rest;
    if (this.format.letter) return;
    if (this.open?.kind !== 'markings') this.hold('markings', []);
    this.put(paragraph(this.styles.机关, run(rest)));
  }

  number(rest) {
    if (!this.format.letter) return this.put(paragraph(this.styles.字号, run(rest)));
    const lines = this.open?.kind === 'markings' ? this.open.value : [];
    this.open = null;
    return this.out.push(letterBox(lines, rest, this.page, this.styles), gap(this.styles));
  }

  /* {{#a}}, {{?a}}, {{^a}}, {{*a}} and their {{/a}} must nest. */
  checkTags(text) {
    for (const [, sign, name] of text.matchAll(/\{\{([#?^*/@!]?)([^{}]*)\}\}/g)) {
      if (name === '') throw new TemplateError('an empty placeholder');
      if (sign !== '' && '#?^*'.includes(sign)) this.tags.push(name);
      if (sign === '/' && this.tags.pop() !== name) {
        throw new TemplateError(`{{/${name}}} closes nothing`);
      }
    }
    const rest = text.replace(/\{\{[^{}]*\}\}/g, '');
    if (rest.includes('{{') || rest.includes('}}')) throw new TemplateError('a placeholder is cut off');
  }

  end() {
    if (!this.format) throw new TemplateError('no 版式');
    this.close();
    if (this.tags.length) throw new TemplateError(`{{/${this.tags.pop()}}} is missing`);
  }
}

function parse(source, file) {
  const template = new Template();
  const lines = source.split(/\r?\n/);
  lines.push('');
  lines.forEach((text, index) => {
    try {
      const clean = text.trim();
      if (clean && !clean.startsWith('# ')) template.line(clean);
      if (index === lines.length - 1) template.end();
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      throw new TemplateError(`${file}:${index + 1}: ${error.message}`);
    }
  });
  return template;
}

// --- The package ------------------------------------------------------------------------------

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/* Headers and footers with their parts' names; "first" only for letters. */
function marginParts({ page, styles, format, issuer }) {
  const even = page.numbers === 'dashes';
  const parts = [
    { kind: 'header', type: 'default', xml: headerPart(1, page, styles) },
    { kind: 'footer', type: 'default', xml: footerPart(page, styles, false) },
  ];
  if (even) {
    parts.push({ kind: 'header', type: 'even', xml: headerPart(2, page, styles) },
      { kind: 'footer', type: 'even', xml: footerPart(page, styles, true) });
  }
  if (format.letter) {
    parts.push({ kind: 'header', type: 'first', xml: letterHeader(issuer, page, styles) },
      { kind: 'footer', type: 'first', xml: letterFooter(page, styles) });
  }
  return parts.map((entry, index) =>
    ({ ...entry, id: `rId${index + 3}`, name: `${entry.kind}${index + 1}.xml` }));
}

function sectionXml({ page, format }, parts) {
  const references = parts
    .map(({ kind, type, id }) => `<w:${kind}Reference w:type="${type}" r:id="${id}"/>`).join('');
  const [width, height] = page.size.map(twipsOf);
  const orient = width > height ? ' w:orient="landscape"' : '';
  const margin = ['top', 'right', 'bottom', 'left', 'header', 'footer']
    .map((side) => ` w:${side}="${twipsOf(page[side])}"`).join('');
  return `<w:sectPr>${references}<w:pgSz w:w="${width}" w:h="${height}"${orient}/>` +
    `<w:pgMar${margin} w:gutter="0"/>${format.letter ? '<w:titlePg/>' : ''}</w:sectPr>`;
}

const settingsPart = ({ page }) => part('w:settings',
  (page.numbers === 'dashes' ? '<w:evenAndOddHeaders/>' : '') +
  '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>' +
  '<w:compatSetting w:name="compatibilityMode" ' +
  'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>');

function relationships(entries) {
  const inner = entries.map(([id, type, target]) =>
    `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`).join('');
  return `${PROLOGUE}<Relationships xmlns="${PACKAGE}/relationships">${inner}</Relationships>`;
}

function contentTypes(parts) {
  const standard = (ending, type) => `<Default Extension="${ending}" ContentType="${type}"/>`;
  const override = (name, type) => `<Override PartName="/${name}" ContentType="${type}"/>`;
  return `${PROLOGUE}<Types xmlns="${PACKAGE}/content-types">` +
    standard('rels', 'application/vnd.openxmlformats-package.relationships+xml') +
    standard('xml', 'application/xml') +
    standard('png', 'image/png') + standard('jpeg', 'image/jpeg') +
    override('word/document.xml', `${WORD}.document.main+xml`) +
    override('word/styles.xml', `${WORD}.styles+xml`) +
    override('word/settings.xml', `${WORD}.settings+xml`) +
    override('docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml') +
    parts.map(({ kind, name }) => override(`word/${name}`, `${WORD}.${kind}+xml`)).join('') +
    '</Types>';
}

const coreProperties = (name) =>
  `${PROLOGUE}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" ` +
  `xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escape(name)}</dc:title>` +
  '</cp:coreProperties>';

/* Template text → the docx's parts, by their names. */
export function templateParts(source, file) {
  const template = parse(source, file);
  const parts = marginParts(template);
  const files = {
    '[Content_Types].xml': contentTypes(parts),
    '_rels/.rels': relationships([
      ['rId1', `${OFFICE}/officeDocument`, 'word/document.xml'],
      ['rId2', `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
    ]),
    'docProps/core.xml': coreProperties(template.name),
    'word/document.xml':
      part('w:document', `<w:body>${template.out.join('')}${sectionXml(template, parts)}</w:body>`),
    'word/styles.xml': stylesPart(template.styles),
    'word/settings.xml': settingsPart(template),
    'word/_rels/document.xml.rels': relationships([
      ['rId1', `${OFFICE}/styles`, 'styles.xml'], ['rId2', `${OFFICE}/settings`, 'settings.xml'],
      ...parts.map(({ id, kind, name }) => [id, `${OFFICE}/${kind}`, name]),
    ]),
  };
  for (const { name, xml } of parts) files[`word/${name}`] = xml;
  return files;
}

// --- Zip --------------------------------------------------------------------------------------

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const VERSION = 20;
const DEFLATED = 8;
const FIRST_OF_1980 = 0x21;

/* Fields that the local header and the central directory share, after their signature (and, in the
 * directory, the version that made it). */
function commonFields({ crc, packed, bytes, name }) {
  const out = Buffer.alloc(26);
  out.writeUInt16LE(VERSION, 0);
  out.writeUInt16LE(DEFLATED, 4);
  out.writeUInt16LE(FIRST_OF_1980, 8);
  out.writeUInt32LE(crc, 10);
  out.writeUInt32LE(packed.length, 14);
  out.writeUInt32LE(bytes.length, 18);
  out.writeUInt16LE(name.length, 22);
  return out;
}

function directoryEntry(entry, offset) {
  const start = Buffer.from('PK\x01\x02\x14\x00', 'latin1');
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(offset, 10);
  return Buffer.concat([start, commonFields(entry), tail, entry.name]);
}

function endRecord(count, size, offset) {
  const out = Buffer.alloc(22);
  out.write('PK\x05\x06', 'latin1');
  out.writeUInt16LE(count, 8);
  out.writeUInt16LE(count, 10);
  out.writeUInt32LE(size, 12);
  out.writeUInt32LE(offset, 16);
  return out;
}

export function zip(files) {
  const locals = [];
  const directory = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const bytes = Buffer.from(text);
    const name = Buffer.from(path);
    const entry = { name, bytes, crc: crc32(bytes), packed: deflateRawSync(bytes, { level: 9 }) };
    const local = Buffer.concat(
      [Buffer.from('PK\x03\x04', 'latin1'), commonFields(entry), name, entry.packed]);
    locals.push(local);
    directory.push(directoryEntry(entry, offset));
    offset += local.length;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  return Buffer.concat([...locals, ...directory, endRecord(directory.length, size, offset)]);
}

// --- Command ----------------------------------------------------------------------------------

function main([from, to]) {
  if (!from || !to) {
    console.error('usage: node tools/templates.mjs SRC_DIR OUT_DIR');
    return 2;
  }
  const sources = readdirSync(from).filter((file) => file.endsWith('.txt')).sort();
  mkdirSync(to, { recursive: true });
  let failed = 0;
  for (const source of sources) {
    const path = join(from, source);
    try {
      const files = templateParts(readFileSync(path, 'utf8'), path);
      writeFileSync(join(to, `${basename(source, '.txt')}.docx`), zip(files));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      console.error(error.message);
      failed = 1;
    }
  }
  return failed;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = main(process.argv.slice(2));
}
