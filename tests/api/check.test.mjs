// The figure checker from outside: the command's contract, the files it reads and refuses, the API's answer and refusals,
// and that nothing of a text stays behind.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { spawnSync } from 'node:child_process';
import { documentOf, docx, pack, paragraph } from './docx.mjs';
import { forEachEngine, program, xuncha } from './lib.mjs';

const WRONG = '五年来，巡察反馈的4173个问题办结4119个，办结率达98.81%。';
const RIGHT = '本轮发现问题283个，其中第一轮186个、第二轮97个。';
const MEMBERS = ['sentence', 'span', 'kind', 'stated', 'computed', 'verdict'];
const env = { ...process.env, LC_ALL: 'C.UTF-8' };

function withFolder(run) {
    const folder = mkdtempSync(join(tmpdir(), 'xuncha-check-'));
    try {
        return run((name, content) => {
            writeFileSync(join(folder, name), content);
            return join(folder, name);
        });
    } finally {
        rmSync(folder, { recursive: true });
    }
}
const checked = (file, ...more) => {
    const done = xuncha(['check', '--json', ...more, file], { env });
    assert.ok(done.code === 0 || done.code === 1, done.err);
    return { code: done.code, claims: JSON.parse(done.out) };
};

test('the command keeps its contract', () => withFolder((put) => {
    const wrong = checked(put('a.txt', WRONG));
    assert.equal(wrong.code, 1);
    const [claim] = wrong.claims.filter((c) => c.verdict === 'inconsistent');
    assert.deepEqual({ kind: claim.kind, stated: claim.stated, computed: claim.computed, rule: claim.rule }, { kind: 'ratio', stated: '98.81%', computed: '4119/4173=98.706%', rule: 'rate' });
    for (const c of wrong.claims) {
        for (const name of MEMBERS) assert.equal(typeof c[name], 'string', name);
        assert.ok(WRONG.includes(c.span) && WRONG.includes(c.sentence) && c.sentence.includes(c.span));
    }
    const right = checked(put('b.txt', RIGHT));
    assert.equal(right.code, 0);
    assert.ok(right.claims.some((c) => c.kind === 'sum' && c.verdict === 'consistent'));
    assert.equal(checked(put('empty.txt', '')).claims.length, 0);
    const both = JSON.parse(xuncha(['check', '--json', put('b.txt', RIGHT), put('a.txt', WRONG)], { env }).out);
    assert.deepEqual([...new Set(both.map((c) => c.file.split('/').pop()))], ['b.txt', 'a.txt']);
}));

test('words in both languages, and standard input', () => {
    const say = (...args) => spawnSync(program, ['check', ...args, '-'], { input: WRONG, encoding: 'utf8', env });
    assert.match(say().stdout, /不一致 {2}4119 ÷ 4173 = 98\.71 %，文中为 98\.81 %[\s\S]*规则：比率[\s\S]*不一致 1/);
    assert.match(say('--lang', 'en').stdout, /inconsistent {2}4119 ÷ 4173 = 98\.71 %, the text says 98\.81 %[\s\S]*rule: rate/);
    assert.equal(say('--lang', 'fr').status, 2);
});

test('what is read', () => withFolder((put) => {
    const gb18030 = spawnSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: WRONG }).stdout;
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(WRONG, 'utf16le')]);
    for (const [name, bytes] of [['bom.txt', '\ufeff' + WRONG], ['gb.txt', gb18030], ['16.txt', utf16], ['a.docx', docx([WRONG])]])
        assert.equal(checked(put(name, bytes)).claims.find((c) => c.verdict === 'inconsistent')?.stated, '98.81%', name);
    // A table row by row, a text box once, no deleted revision, header too.
    const cell = (text) => `<w:tc>${paragraph(text)}</w:tc>`;
    const box = `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent>${paragraph('框内共5个：甲')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>${paragraph('框内共5个：甲')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>`;
    const body = paragraph(WRONG.replace('98.81%', '')) + `<w:tbl><w:tr>${cell('甲局')}${cell('42')}</w:tr></w:tbl>` + box + '<w:p><w:del><w:r><w:delText>删去4119个</w:delText></w:r></w:del><w:r><w:t>办结率98.81%。</w:t></w:r></w:p>';
    const file = put('b.docx', documentOf(body, { 'word/header1.xml': `<?xml version="1.0"?><w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${paragraph('共移交45条：甲12条、乙9条、丙15条、丁7条。')}</w:hdr>` }));
    const found = checked(file).claims.filter((c) => c.verdict === 'inconsistent');
    assert.deepEqual(found.map((c) => c.computed), ['12+9+15+7=43']);
}));

test('what is refused, with a remedy', () => withFolder((put) => {
    const macros = documentOf(paragraph('甲'), { 'word/vbaProject.bin': 'x' });
    for (const [name, bytes, code, words] of [
        ['old.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 2, /\.docx/], ['a.pdf', '%PDF-1.7', 2, /PDF/], ['macro.docx', macros, 2, /宏/],
        ['sheet.docx', pack({ 'xl/workbook.xml': '<x/>' }), 2, /不是 \.docx/], ['bytes.txt', Buffer.from([0x80, 0xff, 0x00, 0x01]), 2, /UTF-8/],
        ['dtd.docx', pack({ 'word/document.xml': '<!DOCTYPE x><x/>' }), 2, /DOCTYPE/], ['cut.docx', docx(['甲']).subarray(0, 60), 2, /zip|压缩/],
    ]) {
        const done = xuncha(['check', put(name, bytes)], { env });
        assert.equal(done.code, code, name + done.out + done.err);
        assert.match(done.err, words, name);
    }
    assert.equal(xuncha(['check', '/no/such/file'], { env }).code, 4);
    assert.equal(xuncha(['check'], { env }).code, 2);
}));

forEachEngine('checks over HTTP', async (t, city) => {
    const office = city.as('office');
    const ask = async (body, who = office) => (await who.expect(200, 'POST', 'checks', { body })).json;

    await t.test('claims with places and words in the reader\'s language', async () => {
        const text = '😀' + WRONG + '\n' + RIGHT;
        const answer = await ask({ text });
        const letters = Array.from(text);
        assert.equal(answer.claims.length, answer.consistent + answer.inconsistent + answer.undecidable);
        for (const c of answer.claims) assert.equal(letters.slice(c.from, c.to).join(''), c.span);
        const wrong = answer.claims.find((c) => c.verdict === 'inconsistent');
        assert.equal(wrong.words, '4119 ÷ 4173 = 98.71 %，文中为 98.81 %');
        assert.equal(wrong.rule, 'rate');
        const reader = Object.assign(Object.create(Object.getPrototypeOf(office)), office, { lang: 'en' });
        assert.equal((await ask({ text }, reader)).claims.find((c) => c.verdict === 'inconsistent').words, '4119 ÷ 4173 = 98.71 %, the text says 98.81 %');
    });

    await t.test('a file in the body', async () => {
        const answer = await ask({ file: docx([WRONG]).toString('base64') });
        assert.equal(answer.text, WRONG + '\n');
        assert.equal(answer.inconsistent, 1);
    });

    await t.test('a figure of the ledger that the text names', async () => {
        const rate = await office.figure('completion_rate') ?? (await office.get('figures')).find((f) => f.name === '整改完成率');
        const told = async (value) => (await ask({ text: `截至目前，整改完成率为${value}%。` })).claims.find((c) => c.rule === 'ledger');
        assert.equal((await told(rate.value.toFixed(2))).verdict, 'consistent');
        assert.equal((await told((rate.value - 1).toFixed(2))).verdict, 'inconsistent');
        assert.equal((await ask({ text: `市直单位整改完成率为1%。` })).claims.filter((c) => c.rule === 'ledger').length, 0);
        // Who may not read figures is told none by this door.
        assert.equal((await ask({ text: `截至目前，整改完成率为1%。` }, city.as('member1'))).claims.filter((c) => c.rule === 'ledger').length, 0);
    });

    await t.test('refusals', async () => {
        for (const body of [{}, { text: 5 }, { text: 'a', file: 'YQ==' }, { file: 5 }, { file: '!!!!' }, { file: 'YQ' }, { file: Buffer.from('%PDF-1.7').toString('base64') }])
            await office.refused(422, 'POST', 'checks', { body });
        await office.refused(413, 'POST', 'checks', { body: { text: '甲'.repeat(400000) } });
        await office.refused(400, 'POST', 'checks', { body: '{"text":' });
        for (const admin of ['sysadmin', 'secadmin', 'auditor']) await city.as(admin).refused(403, 'POST', 'checks', { body: { text: WRONG } });
    });

    await t.test('nothing of the text stays behind', async () => {
        const secret = '甲乙丙丁戊己庚辛专题';
        await ask({ text: `${secret}发现问题12个，整改11个，整改率50%。` });
        const { readdirSync, statSync } = await import('node:fs');
        const files = readdirSync(city.folder, { recursive: true }).map((name) => join(city.folder, String(name))).filter((name) => statSync(name).isFile());
        for (const file of files) assert.ok(!readFileSync(file).includes(secret), file);
    });
});
