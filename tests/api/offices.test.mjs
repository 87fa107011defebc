// Rights by supervision office (监督检查室) and resident group (派驻纪检监察组): unit × office × dates.
import assert from 'node:assert/strict';
import { forEachEngine } from './lib.mjs';

const TODAY = '2021-12-01';
const OFFICE = '第九监督检查室';
const GROUP = '市纪委监委驻市住建局纪检监察组';
const stated = (problem, field) => assert.ok(problem.errors?.some((e) => e.field === field && e.rule && e.remedy), `${field}: ${JSON.stringify(problem)}`);
const BY_UNIT = ['inspections', 'findings', 'feedbacks', 'rectifications', 'letters', 'letter_items', 'talk_parties', 'legacy_issues', 'supervision_logs', 'filings', 'effects', 'adjustments'];

forEachEngine('a supervision office reaches the units that it supervises', { serve: ['--today', TODAY] }, async (t, city) => {
    const [office, discipline, organisation, secadmin] = ['office', 'discipline', 'organisation', 'secadmin'].map((l) => city.as(l));
    const organiser = (await office.items('organisers'))[0].id;
    const [own] = await office.items('units?code=SZ001');
    const [other] = await office.items('units?code=SZ003');
    const itemOf = async (unit) => (await office.items(`rectifications?unit=${unit.id}&state=ongoing&limit=1`))[0];
    const letter = (unit, number) => ({ organiser, kind: 'reminder', body: 'discipline', maker: OFFICE, number, unit: unit.id, subject: '提醒', demand: '请报送进展。' });
    const entry = (unit) => ({ organiser, body: 'discipline', supervisor: OFFICE, unit: unit.id, method: 'site', done_on: '2021-11-20', found: '台账与现场一致。' });
    const talk = (number) => ({ organiser, number, kind: 'talk', body: 'discipline', maker: OFFICE, chair: '甲', held_on: '2021-11-20', cause: 'weak', content: '约谈整改进展。' });
    const party = (of, unit) => ({ talk: of.id, unit: unit.id, post: 'principal', commitment: '两个月内完成。', due_on: '2022-01-20' });
    for (const unit of [own, other]) {
        await office.post('letters', { ...letter(unit, `示巡提〔2021〕${unit.code}`), body: 'office', items: [(await itemOf(unit)).id] });
        await office.post('supervision_logs', { ...entry(unit), body: 'office' });
        await office.post('legacy_issues', { organiser, number: `遗${unit.code}`, title: '产权证未办理', since: 2006, unit: unit.id, obstacle: '开发单位注销。', body: 'discipline', lead_body: '市纪委监委', entered_on: '2021-11-10' });
        await office.post('filings', { inspection: (await itemOf(unit)).inspection, kind: 'plan' });
    }
    const both = await discipline.post('talks', talk('谈〔2021〕1号'));
    for (const unit of [own, other]) await discipline.post('talk_parties', party(both, unit));
    const theirs = await discipline.post('talks', talk('谈〔2021〕2号'));
    await discipline.post('talk_parties', party(theirs, other));
    await office.move('units', own.id, 'change', { fact: 'supervision_office', value: OFFICE, valid_from: '2021-11-01', reason: '分工调整' });
    await office.move('units', other.id, 'change', { fact: 'resident_group', value: GROUP, valid_from: '2021-11-01', reason: '分工调整' });

    await t.test('a right names one office that some unit names, for the discipline body alone', async () => {
        const account = (await city.as('sysadmin').items('accounts?login=discipline'))[0].id;
        const right = (more) => ({ account, role: 'discipline', valid_from: TODAY, valid_to: '2022-12-31', basis: '分工', ...more });
        const refused = async (status, more, field) => stated(await secadmin.refused(status, 'POST', 'assignments', { body: right(more) }), field);
        await refused(422, { supervision_office: OFFICE, unit: own.id }, 'everything');
        await refused(422, { supervision_office: OFFICE, resident_group: GROUP }, 'everything');
        await refused(422, { supervision_office: OFFICE, role: 'organisation' }, 'supervision_office');
        await refused(422, { resident_group: GROUP, role: 'leader' }, 'resident_group');
        await refused(422, { role: 'unit', supervision_office: OFFICE }, 'unit');
        await refused(409, { supervision_office: '第九十监督检查室' }, 'supervision_office');
        await refused(409, { resident_group: OFFICE }, 'resident_group');
        await refused(422, { supervision_office: OFFICE, valid_from: '2021-01-01', valid_to: '2021-11-30' }, 'valid_to');
        const there = (await secadmin.items(`assignments?account=${account}&role=discipline`))[0];
        const again = { everything: there.everything, valid_from: TODAY, valid_to: there.valid_to };
        await refused(409, again, 'role');
        const { items } = await secadmin.get('assignments/offices');
        assert.deepEqual(items.find((o) => o.name === OFFICE), { kind: 'supervision_office', name: OFFICE, units: 1 });
        assert.deepEqual(items.find((o) => o.name === GROUP), { kind: 'resident_group', name: GROUP, units: 1 });
        for (const login of ['office', 'leader', 'discipline', 'unit', 'sysadmin', 'auditor']) await city.as(login).refused(403, 'GET', 'assignments/offices');
    });
    const room = await city.person('jiu.shi', '简示正', { role: 'discipline', supervision_office: OFFICE, valid_from: '2021-11-01', valid_to: '2022-03-31' });
    const resident = await city.person('zhu.jian', '驻示建', { role: 'discipline', resident_group: GROUP });

    await t.test('what it sees is what hangs on them, and no more', async () => {
        for (const [who, unit, foreign] of [[room, own, other], [resident, other, own]])
            for (const entity of BY_UNIT) {
                const seen = await who.all(entity);
                const there = await discipline.all(`${entity}?unit=${unit.id}`);
                assert.deepEqual(seen.map((r) => r.id).sort(), there.map((r) => r.id).sort(), entity);
                assert.equal(await who.count(entity), seen.length, entity);
                const [hidden] = await discipline.items(`${entity}?unit=${foreign.id}&limit=1`);
                if (hidden) await who.refused(404, 'GET', `${entity}/${hidden.id}`);
                if (hidden) await who.refused(404, 'GET', `${entity}/${hidden.id}/history`);
            }
        assert.ok((await room.all('letters')).length && (await room.all('legacy_issues')).length && (await room.all('rectifications')).length, 'there is something to see');
        assert.deepEqual((await room.all('talks')).map((x) => x.id), [both.id], 'a talk is reached through whom it called');
        assert.deepEqual((await resident.all('talks')).map((x) => x.id).sort(), [both.id, theirs.id].sort());
        await room.refused(404, 'GET', `talks/${theirs.id}`);
    });

    await t.test('figures, search and exports keep to it', async () => {
        let doors = 0;
        for (const figure of await room.get('figures')) {
            const [path, query] = figure.numerator_list.split('/').pop().split('?');
            if (path !== 'rectifications') continue;
            doors += figure.records > 0;
            assert.equal(await room.count(`${path}?${query}`), figure.records, figure.id);
            assert.ok((await room.all(`${path}?${query}`)).every((r) => r.unit === own.id), figure.id);
        }
        assert.ok(doors > 2, 'several figures open onto items');
        const [finding] = await discipline.items(`findings?unit=${other.id}&limit=1`);
        const [mine] = await room.items('findings?limit=1');
        const found = async (who, q) => (await who.get(`search?q=${q}`)).items.map((h) => h.id);
        assert.ok((await found(discipline, finding.title)).includes(finding.id));
        assert.ok(!(await found(room, finding.title)).includes(finding.id), 'not by the search either');
        assert.ok((await found(room, mine.title)).includes(mine.id));
        assert.ok((await found(room, '约谈整改进展')).includes(both.id));
        assert.ok(!(await found(room, '约谈整改进展')).includes(theirs.id));
        const csv = (await room.expect(200, 'GET', 'letters/export?format=csv')).text;
        assert.ok(csv.includes(`示巡提〔2021〕${own.code}`) && !csv.includes(`示巡提〔2021〕${other.code}`));
    });

    await t.test('rechecks: those of its units, and of what others were found nothing', async () => {
        const mixed = await office.post('rechecks', { organiser, title: '两家', strata: 'unit', size: 200, seed: '甲' });
        const mine = await room.all('recheck_items?fields=unit,recheck');
        assert.ok(mine.every((i) => i.unit === own.id) && (await office.all(`recheck_items?recheck=${mixed.id}&fields=unit`)).some((i) => i.unit === other.id));
        assert.deepEqual((await room.all('rechecks')).map((r) => r.id), [...new Set(mine.map((i) => i.recheck))]);
        assert.ok(mine.length);
        assert.deepEqual((await room.get(`rechecks/${mixed.id}/estimate`)).strata, [], 'strata name units');
        assert.ok((await office.get(`rechecks/${mixed.id}/estimate`)).strata.length > 1);
        await office.move('rechecks', mixed.id, 'void', { reason: '试' });
    });

    await t.test('a right does not end before it began; blanks are no text; what is there already is named', async () => {
        const right = (await secadmin.items(`assignments?supervision_office=${OFFICE}`))[0];
        stated(await secadmin.moveRefused(422, 'assignments', right.id, 'end', { valid_to: '2021-10-31' }), 'valid_to');
        stated(await office.refused(422, 'POST', 'letters', { body: { ...letter(own, '示巡提〔2021〕空'), body: 'office', demand: ' 　 ' } }), 'demand');
        const twice = await office.refused(409, 'POST', 'letters', { body: { ...letter(own, `示巡提〔2021〕${own.code}`), body: 'office' } });
        assert.deepEqual(twice.errors.map((e) => [e.field, e.value]), [['number', `示巡提〔2021〕${own.code}`]]);
        assert.doesNotMatch(JSON.stringify(twice), /SQL/);
    });

    await t.test('what it makes lies within it, or is not kept', async () => {
        const kinds = [['letters', letter(own, '示纪提〔2021〕1号'), letter(other, '示纪提〔2021〕2号')], ['supervision_logs', entry(own), entry(other)],
            ['legacy_issues', { organiser, number: '遗9', title: '产权证', since: 2007, unit: own.id, obstacle: '试', body: 'discipline', lead_body: '市纪委监委', entered_on: '2021-11-20' }, { organiser, number: '遗10', title: '产权证', since: 2007, unit: other.id, obstacle: '试', body: 'discipline', lead_body: '市纪委监委', entered_on: '2021-11-20' }]];
        for (const [entity, within, beyond] of kinds) {
            const before = await discipline.count(entity);
            const problem = await room.refused(403, 'POST', entity, { body: beyond });
            assert.match(problem.detail, /授权范围/);
            assert.equal(await discipline.count(entity), before, `${entity}: nothing was kept`);
            assert.equal((await room.get(`${entity}/${(await room.post(entity, within)).id}`)).unit, own.id);
        }
        const begun = await room.post('talks', talk('谈〔2021〕3号'));
        assert.equal((await room.get(`talks/${begun.id}`)).number, '谈〔2021〕3号', 'whoever entered it has it before it names a unit');
        await resident.refused(404, 'GET', `talks/${begun.id}`);
        await room.refused(403, 'POST', 'talk_parties', { body: party(begun, other) });
        await room.post('talk_parties', party(begun, own));
        const minutes = await room.post('attachments', { subject: 'talks', record: begun.id, name: '纪要.txt', kind: 'copy', evidence: await room.upload(Buffer.from('纪要'), { organiser }) });
        assert.equal((await room.items(`attachments?record=${begun.id}`))[0].id, minutes.id);
        await resident.refused(404, 'GET', `attachments/${minutes.id}`);
        await room.patch('talks', begun.id, { content: '约谈整改进展，明确时限。' });
        await room.refused(404, 'PATCH', `talks/${theirs.id}`, { body: { content: '改' }, ifMatch: 1 });
        const refusals = (await city.as('auditor').get('audit?limit=200')).items.filter((e) => e.operation === 'letter.draft' && e.outcome !== 'OK');
        assert.ok(refusals.length, 'a refusal is an entry too');
    });

    await t.test('it scores evaluations of its units only', async () => {
        const past = async (unit) => (await office.items(`inspections?unit=${unit.id}&round.number=6`))[0];
        const made = {};
        for (const unit of [own, other]) {
            const { items } = await office.get(`inspections/${(await past(unit)).id}/schemes`);
            made[unit.code] = await office.post('evaluations', { inspection: (await past(unit)).id, scheme: items[0].code, due_on: '2021-12-31' });
        }
        const sheets = await room.all('evaluation_sheets');
        assert.ok(sheets.length && sheets.every((s) => s.evaluation === made[own.code].id), 'sheets are reached through their evaluation');
        const [foreign] = await discipline.items(`evaluation_sheets?evaluation=${made[other.code].id}&limit=1`);
        await room.refused(404, 'GET', `evaluation_sheets/${foreign.id}`);
        await resident.refused(404, 'GET', `evaluations/${made[own.code].id}`);
    });

    await t.test('a unit that passes to another office passes out of the right on that day, and no earlier', async () => {
        await office.move('units', own.id, 'change', { fact: 'supervision_office', value: '第八监督检查室', valid_from: '2021-12-15', reason: '分工调整' });
        await office.move('units', other.id, 'change', { fact: 'supervision_office', value: OFFICE, valid_from: '2021-12-20', reason: '分工调整' });
        const units = async (who) => [...new Set((await who.all('rectifications')).map((r) => r.unit))];
        assert.deepEqual(await units(room), [own.id]);
        for (const [day, expected] of [['2021-12-14', [own.id]], ['2021-12-15', []], ['2021-12-20', [other.id]]]) {
            await city.restart(['--today', day]);
            const now = await city.loggedIn('jiu.shi');
            assert.deepEqual(await units(now), expected, day);
            assert.deepEqual([...new Set((await now.all('letters')).map((r) => r.unit))], expected, day);
            assert.deepEqual((await now.get('search?q=提醒')).items.filter((h) => h.entity === 'letters').length > 0, expected.length > 0, day);
        }
        await city.restart(['--today', '2022-04-01']);
        await (await city.loggedIn('jiu.shi')).refused(403, 'GET', 'rectifications');
    });
});
