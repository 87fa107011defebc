// A Word document of given paragraphs, packed by hand: stored, not deflated.
import { inflateRawSync } from 'node:zlib';

const TABLE = Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n >>> 0;
});
function crc32(bytes) {
    let crc = 0xffffffff;
    for (const b of bytes) crc = TABLE[(crc ^ b) & 0xff] ^ (crc >>> 8);
    return (crc ^ 0xffffffff) >>> 0;
}

/** Files by name, or pairs of both → a zip archive. A name that is a Buffer is not told to be UTF-8. */
export function pack(files) {
    const parts = [], directory = [], pairs = Array.isArray(files) ? files : Object.entries(files);
    let at = 0;
    for (const [name, text] of pairs) {
        const title = Buffer.from(name), bytes = Buffer.from(text), utf8 = typeof name === 'string' ? 0x800 : 0;
        const head = Buffer.alloc(30), entry = Buffer.alloc(46);
        head.writeUInt32LE(0x04034b50, 0), head.writeUInt16LE(20, 4), head.writeUInt16LE(utf8, 6);
        head.writeUInt32LE(crc32(bytes), 14), head.writeUInt32LE(bytes.length, 18), head.writeUInt32LE(bytes.length, 22), head.writeUInt16LE(title.length, 26);
        entry.writeUInt32LE(0x02014b50, 0), entry.writeUInt16LE(20, 4), entry.writeUInt16LE(20, 6), entry.writeUInt16LE(utf8, 8);
        head.copy(entry, 16, 14, 28), entry.writeUInt16LE(title.length, 28), entry.writeUInt32LE(at, 42);
        parts.push(head, title, bytes), directory.push(entry, title);
        at += head.length + title.length + bytes.length;
    }
    const size = directory.reduce((n, b) => n + b.length, 0), end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0), end.writeUInt16LE(pairs.length, 8), end.writeUInt16LE(pairs.length, 10);
    end.writeUInt32LE(size, 12), end.writeUInt32LE(at, 16);
    return Buffer.concat([...parts, ...directory, end]);
}

/** A zip archive as {name: bytes}, by its directory. */
export function unpack(bytes) {
    const files = {};
    const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
    for (let left = bytes.readUInt16LE(end + 10), at = bytes.readUInt32LE(end + 16); left > 0; left--) {
        const [method, size, name, extra, comment, local] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
        const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
        const packed = bytes.subarray(from, from + size);
        files[bytes.subarray(at + 46, at + 46 + name).toString()] = method ? inflateRawSync(packed) : packed;
        at += 46 + name + extra + comment;
    }
    return files;
}

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
export const paragraph = (text) => `<w:p><w:r><w:t xml:space="preserve">${escape(text)}</w:t></w:r></w:p>`;
/** A document whose body is this XML. */
export const documentOf = (body, more = {}) =>
    pack({
        '[Content_Types].xml': '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>${body}</w:body></w:document>`,
        ...more,
    });
export const docx = (paragraphs) => documentOf(paragraphs.map(paragraph).join(''));

const textOfCell = (xml) => xml.replace(/<w:(tab|br)\/>/g, ' ').replace(/<\/w:p>(?=[\s\S]*<w:p[ >])/g, '\n').replace(/<[^>]*>/g, '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
/** The rows of a document's tables, each a list of its cells' texts. */
export const rowsOf = (bytes) =>
    [...unpack(bytes)['word/document.xml'].toString().matchAll(/<w:tr[ >][\s\S]*?<\/w:tr>/g)].map(([row]) => [...row.matchAll(/<w:tc>[\s\S]*?<\/w:tc>/g)].map(([cell]) => textOfCell(cell)));
