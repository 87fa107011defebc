// Approvals that are moves of their own: signed by click, or on paper with its number, who signed and the scan; two kinds
// of proof, each shown as what it is. And the highest mark of secrecy that a compilation takes over.
import assert from 'node:assert/strict';
import { forEachEngine } from './lib.mjs';

const signaturesOf = async (who, record) => (await who.items(`signatures?record=${record}&sort=id&fields=step,step_label,person_name,decision,means,paper_no,opinion,signed_on,text_digest`));

forEachEngine('approvals by click and on paper', async (t, city) => {
    const office = city.as('office'), unit = city.as('unit');
    const item = (await unit.items('rectifications?state=ongoing&limit=1'))[0];
    const asked = (due_on = '2022-06-30') => unit.post('adjustments', { rectification: item.id, kind: 'extension', cause: 'other', reason: '待决算', due_on });

    await t.test('on paper it wants the number and who signed', async () => {
        const one = await asked();
        for (const [body, field] of [[{ means: 'ink' }, 'paper_no'], [{ means: 'ink', paper_no: '批-1' }, 'on_behalf_of'], [{ paper_no: '批-1' }, 'means']]) {
            const refused = await office.moveRefused(422, 'adjustments', one.id, 'grant', body);
            assert.equal(refused.errors[0].field, field);
        }
        await office.move('adjustments', one.id, 'grant', { means: 'ink', paper_no: '批-1', on_behalf_of: '示例主任', opinion: '同意' });
        const [s] = await signaturesOf(office, one.id);
        assert.deepEqual([s.step, s.person_name, s.decision, s.means, s.paper_no, s.opinion], ['office', '示例主任', 'sign', 'ink', '批-1', '同意']);
        assert.match(s.text_digest, /^[0-9a-f]{64}$/);
        assert.deepEqual((await signaturesOf(unit, one.id)).length, 1, 'the unit sees who decided');
    });

    await t.test('its scan is the office\'s to give, and nothing else belongs there', async () => {
        const one = await office.get(`adjustments/${(await office.items('adjustments?state=granted&sort=-id&limit=1'))[0].id}`);
        await office.attach('adjustments', one.id, one.inspection, Buffer.from('a scan'), '批件.jpg', { kind: 'scan' });
        assert.equal(await office.count(`attachments?record=${one.id}`), 1);
        const evidence = await office.upload(Buffer.from('x'), { inspection: one.inspection });
        const other = await office.refused(422, 'POST', 'attachments', { body: { subject: 'adjustments', record: one.id, evidence, name: 'x.txt', kind: 'copy' } });
        assert.equal(other.errors[0].field, 'kind');
        const mine = await unit.upload(Buffer.from('y'), { inspection: one.inspection });
        await unit.refused(403, 'POST', 'attachments', { body: { subject: 'adjustments', record: one.id, evidence: mine, name: 'y.jpg', kind: 'scan' } });
        const strike = (await office.items('rectifications?state=done&limit=1'))[0];
        await office.attach('rectifications', strike.id, strike.inspection, Buffer.from('scan of the sheet'), '销号单.jpg', { kind: 'scan' });
        const proof = await office.upload(Buffer.from('z'), { inspection: item.inspection });
        await office.refused(403, 'POST', 'attachments', { body: { subject: 'rectifications', record: item.id, evidence: proof, name: 'z.txt', kind: 'copy' } });
    });

    await t.test('by click it bears who clicked; a refusal is told from an agreement', async () => {
        const one = await asked('2022-08-31');
        await office.move('adjustments', one.id, 'refuse', { reason: '理由不充分' });
        const [s] = await signaturesOf(office, one.id);
        assert.deepEqual([s.step, s.decision, s.means, s.paper_no, s.opinion], ['office', 'refuse', 'click', null, '理由不充分']);
        assert.ok(s.person_name.length > 1);
    });

    await t.test('what is said with any other move is kept as well', async () => {
        const inspection = (await office.items('inspections?state=fed_back&limit=1'))[0];
        const refused = await office.moveRefused(422, 'inspections', inspection.id, 'follow_up', { means: 'ink' });
        assert.deepEqual(refused.errors.map((e) => e.field).sort(), ['on_behalf_of', 'paper_no']);
        await office.move('inspections', inspection.id, 'follow_up', { means: 'ink', paper_no: '会-8', on_behalf_of: '示例组长', opinion: '转入持续整改' });
        const [s] = await signaturesOf(office, inspection.id);
        assert.deepEqual([s.step, s.person_name, s.means, s.paper_no, s.opinion], ['follow_up', '示例组长', 'ink', '会-8', '转入持续整改']);
        const quiet = (await office.items('inspections?state=fed_back&limit=1'))[0];
        await office.move('inspections', quiet.id, 'follow_up');
        assert.deepEqual(await signaturesOf(office, quiet.id), [], 'nothing said, nothing kept');
    });

    await t.test('authorisations and revoked findings too', async () => {
        const decision = (await office.items('authorisations?state=in_force&limit=1'))[0];
        assert.deepEqual((await signaturesOf(office, decision.id)).map((s) => [s.step, s.decision]), [['enforce', 'sign']]);
        const finding = (await office.items('findings?state=fed_back&limit=1'))[0];
        await office.move('findings', finding.id, 'ask_revoke', { reason: '事实不成立' });
        await city.as('leader').move('findings', finding.id, 'keep', { reason: '事实清楚', means: 'ink', paper_no: '会-3', on_behalf_of: '示例组长' });
        const [s] = await signaturesOf(office, finding.id);
        assert.deepEqual([s.step, s.decision, s.means, s.paper_no, s.person_name], ['keep', 'refuse', 'ink', '会-3', '示例组长']);
        assert.equal(city.run('verify').code, 0);
    });
});

forEachEngine('the secrecy of a compilation', async (t, city) => {
    const office = city.as('office');
    const organiser = (await office.items('organisers'))[0].id;
    const inspection = (await office.items('inspections?state=fed_back&limit=1'))[0];
    const feedback = (await office.items(`feedbacks?inspection=${inspection.id}`))[0];
    await city.as('sysadmin').post('settings', { name: 'secrecy_ceiling', value: 'confidential' });
    const body = (kind, more = {}) => ({ organiser, kind, record: inspection.id, title: '试', maker: '市委巡察办', dated_on: '2021-10-20', ...more });
    const issued = async (b) => {
        const one = await office.post('documents', b);
        await office.move('documents', one.id, 'issue');
        return one;
    };

    await t.test('is the highest of what it takes up', async () => {
        assert.equal((await office.post('documents', body('problem_list'))).secrecy, null, 'nothing was marked yet');
        await issued(body('rectification_list', { secrecy: 'internal' }));
        const first = await issued(body('feedback', { record: feedback.id, secrecy: 'secret', secrecy_months: 24, copies_made: 10 }));
        const list = await office.post('documents', body('problem_list'));
        assert.deepEqual([list.secrecy, list.secrecy_months], ['secret', 24]);
        const refused = await office.refused(422, 'POST', 'documents', { body: body('problem_list', { secrecy: 'internal' }) });
        assert.deepEqual([refused.errors[0].field, /秘密/.test(refused.errors[0].rule)], ['secrecy', true]);
        const lowered = await office.refused(422, 'PATCH', `documents/${list.id}`, { body: { secrecy: null, secrecy_months: null }, ifMatch: list.version });
        assert.equal(lowered.errors[0].field, 'secrecy');
        assert.equal((await office.post('documents', body('problem_list', { secrecy: 'confidential' }))).secrecy, 'confidential');
        assert.equal((await office.post('documents', body('announcement'))).secrecy, null, 'what tells nothing of it bears no mark');
        await office.move('documents', first.id, 'void', { reason: '密级有误' });
        assert.equal((await office.post('documents', body('problem_list', { secrecy: 'internal' }))).secrecy, 'internal');
    });
});
