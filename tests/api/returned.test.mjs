// Papers read back: what was written over in Word is found again, beside what the records say now.
import assert from 'node:assert/strict';
import { docx, pack, unpack } from './docx.mjs';
import { Client, NOBODY, forEachEngine, liveTeam, paperText } from './lib.mjs';
import { editedInWriter } from './libreoffice.mjs';

const BODY = 'word/document.xml';

// A filled paper, its text changed where `edits` says: [old, new] of texts that stand in one run.
function edited(bytes, ...edits) {
    const files = unpack(bytes);
    let xml = files[BODY].toString();
    for (const [from, to] of edits) {
        assert.equal(xml.split(from).length, 2, `“${from}” stands in the paper once`);
        xml = xml.replace(from, () => to);
    }
    return pack({ ...files, [BODY]: xml });
}
const text = (t) => `>${t}</w:t>`;
const marksOf = (bytes) => [...unpack(bytes)[BODY].toString().matchAll(/<w:bookmarkStart [^>]*w:name="([cp][0-9a-zA-Z]{39})"/g)].map((m) => m[1]);
const readBack = async (who, bytes) => (await who.expect(200, 'POST', 'documents/returned', { body: { file: bytes.toString('base64') } })).json;
const printed = async (who, kind, record) => (await who.expect(200, 'GET', `print?kind=${kind}&record=${record}`)).bytes;
const changes = (answer) => answer.records.flatMap((r) => r.fields.map((f) => [r.entity, f.field, f.verdict, f.will]));

forEachEngine('papers read back', async (t, city) => {
    const [office, unit, member] = ['office', 'unit', 'member1'].map((l) => city.as(l));
    const own = (await unit.items('inspections?state=fed_back&limit=1'))[0];
    const item = (await unit.items(`rectifications?state=ongoing&inspection=${own.id}`))[0];
    const done = (await unit.items(`rectifications?state=done&inspection=${own.id}&sort=number`))[0];
    await unit.patch('rectifications', item.id, { measures: '修订议事规则。\n组织专题学习。', target: '议事程序完备', leader: '示例领导甲', department: '示例一科' });
    const list = await printed(unit, 'rectification_list', own.id);

    await t.test('as it went out it says nothing new', async () => {
        const names = marksOf(list);
        assert.ok(names.length >= 7 * Math.min(own.items ?? 2, 2), `${names.length} values are marked`);
        assert.equal(new Set(names).size, names.length);
        const answer = await readBack(unit, list);
        assert.deepEqual({ ...answer, values: 0, same: 0 }, { values: 0, same: 0, unknown: 0, lost: 0, counted: true, issued: null, rest_changed: false, records: [] });
        assert.equal(answer.values, names.length);
        assert.equal(answer.same, names.length);
    });

    await t.test('what was written over is a plan, and the ordinary edit makes it so', async () => {
        const back = edited(list, [text('议事程序完备'), text('议事程序完备，逐次留痕')], [text('示例一科'), text('示例二科')]);
        const answer = await readBack(unit, back);
        assert.deepEqual(changes(answer), [['rectifications', 'target', 'changed', '议事程序完备，逐次留痕'], ['rectifications', 'department', 'changed', '示例二科']]);
        const [first] = answer.records;
        assert.deepEqual([first.record, first.refused, first.fields[0].was], [item.id, null, '议事程序完备']);
        assert.equal((await unit.get(`rectifications/${item.id}`)).target, '议事程序完备', 'a read changes nothing');
        await unit.patch('rectifications', item.id, { department: first.fields[1].will }, first.version);
        assert.deepEqual(changes(await readBack(unit, back)), [['rectifications', 'target', 'changed', '议事程序完备，逐次留痕']], 'what is entered is no news any more');
    });

    await t.test('what changed in both places is told as such', async () => {
        await unit.patch('rectifications', item.id, { target: '议事程序完备，按月核对' });
        const answer = await readBack(unit, edited(list, [text('议事程序完备'), text('议事程序完备，逐次留痕')]));
        const field = answer.records[0].fields[0];
        assert.deepEqual([field.verdict, field.was, field.will], ['both', '议事程序完备，按月核对', '议事程序完备，逐次留痕']);
        assert.deepEqual(changes(await readBack(unit, list)), [], 'a value that only the ledger changed is left alone');
    });

    await t.test('an item that is struck off is not edited, and it says so before', async () => {
        const mark = new RegExp(`<w:bookmarkStart [^>]*w:name="c${done.id}[^"]*"/>(?:(?!<w:t[ >])[\\s\\S])*<w:t[^>]*>([^<]*)</w:t>`).exec(unpack(list)[BODY].toString());
        const answer = await readBack(unit, edited(list, [mark[0], mark[0].replace(/[^>]*<\/w:t>$/, '改写的内容</w:t>')], [text('示例一科'), text('示例三科')]));
        assert.deepEqual(answer.records.map((r) => [r.record, r.refused === null]).sort(), [[done.id, false], [item.id, true]].sort());
    });

    await t.test('opened and saved by LibreOffice it is read all the same, edits and new paragraphs in it', async () => {
        const fresh = await printed(unit, 'rectification_list', own.id);
        const saved = await readBack(unit, editedInWriter(fresh));
        assert.deepEqual([saved.lost, saved.counted, saved.rest_changed, saved.records], [0, true, false, []]);
        const back = editedInWriter(fresh, (xml) => {
            const to = xml.replace(/(组织专题学习。)(<text:bookmark-end[^>]*>)?(<\/text:p>)/, '$1$2并向职工公开。$3<text:p>每季度检查一次。</text:p>');
            assert.notEqual(to, xml);
            return to;
        });
        assert.deepEqual(changes(await readBack(unit, back)), [['rectifications', 'measures', 'changed', '修订议事规则。\n组织专题学习。并向职工公开。\n每季度检查一次。']]);
    });

    await t.test('a working paper of the team: words, a choice, money, a wrong date, an emptied line', async () => {
        const live = await liveTeam(city);
        const paper = await member.post('papers', paperText(live.inspection, live.people, { occurred_from: '2021-03-01', amount_fen: 1230000, figures_source: '示例往来台账' }));
        const file = await printed(member, 'paper', paper.id);
        const xml = unpack(file)[BODY].toString();
        const amount = />([^<]*元)<\/w:t>/.exec(xml)[1];
        const back = edited(file, [text('三次会议未按规则表决。'), text('四次会议未按规则表决。')], [text(amount), text('2.5万元')]);
        assert.deepEqual(changes(await readBack(member, back)), [['papers', 'amount_fen', 'changed', 2500000], ['papers', 'manifestation', 'changed', '四次会议未按规则表决。']]);
        assert.match((await readBack(member, edited(file, [text(amount), text('3.5')]))).records[0].fields[0].rule, /单位/, 'yuan or tens of thousands');
        assert.deepEqual(changes(await readBack(member, edited(file, [text(amount), text('３，５００．５元')]))), [['papers', 'amount_fen', 'changed', 350050]]);
        const rest = await readBack(member, edited(file, ['定性依据', '定性的依据']));
        assert.deepEqual([rest.rest_changed, rest.records], [true, []]);
        const wrong = await readBack(member, edited(file, [text(amount), text('大约两万')], [text('议事规则执行不严'), text('')]));
        assert.deepEqual(wrong.records[0].fields.map((f) => [f.field, f.verdict, f.paper, f.will]), [['title', 'wrong', null, null], ['amount_fen', 'wrong', '大约两万', null]]);
        for (const f of wrong.records[0].fields) assert.ok(f.rule && f.remedy, f.field);
        const other = await readBack(office, back);
        assert.ok(other.records[0].refused, 'who may not edit it is told why');
        assert.deepEqual(await readBack(unit, back).then((a) => [a.records, a.unknown]), [[], marksOf(file).length], 'who may not see it learns nothing');
        for (const login of ['member1', 'member2', 'deputy', 'head']) {
            if (login === 'member1') await member.attach('papers', paper.id, live.inspection.id, `摘录 ${paper.id}`);
            await city.as(login).move('papers', paper.id, 'sign', { opinion: '同意' });
        }
        const locked = await readBack(member, back);
        assert.match(locked.records[0].refused, /锁定|审签|签|不能/, 'a signed paper is not edited');
    });

    await t.test('numbers with their units, emptied cells, a paper that was issued', async () => {
        await unit.patch('rectifications', item.id, { rules_made: 3 });
        const sheet = await printed(unit, 'strike_off', item.id);
        const back = await readBack(unit, edited(sheet, [text('3项'), text('５项')], [text('示例领导甲'), text('')]));
        assert.deepEqual(changes(back), [['rectifications', 'leader', 'changed', null], ['rectifications', 'rules_made', 'changed', 5]]);
        const draft = await office.post('documents', { organiser: (await office.items('organisers'))[0].id, kind: 'rectification_list', record: own.id, title: '台账', maker: '市委巡察办', dated_on: '2021-10-30' });
        await office.move('documents', draft.id, 'issue');
        const issued = (await office.expect(200, 'GET', `documents/${draft.id}/file`)).bytes;
        assert.equal((await readBack(office, issued)).issued, '台账');
    });

    await t.test('marks that were lost, that are of no record here, that say two things', async () => {
        const names = marksOf(list), gone = names.slice(0, 2);
        const without = edited(list, ...gone.map((n) => [`w:name="${n}"`, 'w:name="_GoBack"']));
        assert.equal((await readBack(unit, without)).lost, 2);
        const uncounted = edited(list, [/w:name="z[^"]*"/.exec(unpack(list)[BODY].toString())[0], 'w:name="_GoBack"']);
        assert.equal((await readBack(unit, uncounted)).counted, false);
        const files = unpack(list), elsewhere = pack({ ...files, [BODY]: files[BODY].toString().replaceAll(item.id, NOBODY) });
        const answer = await readBack(unit, elsewhere);
        assert.equal(answer.unknown, names.filter((n) => n.includes(item.id)).length);
        const target = /w:name="(c[^"]*)"\/>(?:(?!<w:t[ >])[\s\S])*<w:t[^>]*>议事程序完备</.exec(unpack(list)[BODY].toString())[1];
        const other = names.find((n) => n.includes(item.id) && n !== target); // becomes a second place of the target
        const twice = edited(list, [`w:name="${other}"`, `w:name="${target.slice(0, 32)}00000${other.slice(37)}"`], [text('议事程序完备'), text('议事程序更完备')]);
        const field = (await readBack(unit, twice)).records[0].fields[0];
        assert.deepEqual([field.verdict, field.will], ['wrong', null]);
    });

    await t.test('what is no paper of ours, and who may not', async () => {
        const body = (bytes) => ({ body: { file: bytes.toString('base64') } });
        for (const [what, bytes] of [['another document', docx(['没有标记的文字'])], ['no docx', Buffer.from('text')], ['an empty archive', pack({})]])
            assert.ok((await unit.refused(422, 'POST', 'documents/returned', body(bytes))).errors.some((e) => e.field === 'file' && e.remedy), what);
        assert.ok((await unit.refused(422, 'POST', 'documents/returned', { body: {} })).errors.some((e) => e.field === 'file'));
        assert.ok((await unit.refused(422, 'POST', 'documents/returned', { body: { file: '***' } })).errors.some((e) => e.field === 'file'));
        await new Client(city).refused(401, 'POST', 'documents/returned', body(list));
        for (const login of ['sysadmin', 'secadmin', 'auditor']) await city.as(login).refused(403, 'POST', 'documents/returned', body(list));
        assert.equal((await readBack(office, list)).unknown, 0);
    });
});
