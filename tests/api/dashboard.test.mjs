// What each role looks at first: every mark equals the list that it opens, within the reader's scope; on both engines.
import assert from 'node:assert/strict';
import { forEachEngine } from './lib.mjs';

const SECTIONS = {
    leader: ['headline', 'progress', 'age', 'themes', 'letters', 'effects', 'coverage'],
    office: ['headline', 'progress', 'age', 'themes', 'letters', 'effects', 'coverage'],
    discipline: ['headline', 'progress', 'age', 'themes', 'letters', 'effects'],
    organisation: ['headline', 'progress', 'age', 'themes', 'letters', 'effects'],
    head: ['inspections', 'papers', 'states', 'age', 'themes'],
    unit: ['states', 'age', 'letters'],
};

forEachEngine('dashboards', { serve: ['--today', '2022-01-10'] }, async (t, city) => {
    const shown = {};
    for (const login of Object.keys(SECTIONS).filter((l) => l !== 'head'))
        await t.test(`${login}: every mark is its list`, async () => {
            const who = city.as(login);
            const board = (shown[login] = await who.get('dashboard'));
            assert.deepEqual(board.sections.map((s) => s.name), SECTIONS[login]);
            for (const section of board.sections) {
                for (const figure of section.figures ?? []) assert.equal(await who.count(figure.numerator_list), figure.records);
                if (section.kind === 'figures') continue;
                assert.ok(section.words && section.title, section.name);
                const series = section.series.map((s) => s.name);
                for (const item of section.items)
                    for (const mark of item.marks) {
                        assert.ok(section.kind === 'numbers' || series.includes(mark.series), `${section.name}: ${mark.series}`);
                        if (section.kind !== 'numbers') assert.equal(await who.count(mark.list), mark.value, `${login} ${section.name} ${mark.list}`);
                    }
            }
        });
    await t.test('the words say what the marks say', async () => {
        const section = (name) => shown.leader.sections.find((s) => s.name === name);
        const sum = (s, series) => s.items.flatMap((i) => i.marks).filter((m) => !series || m.series === series).reduce((n, m) => n + m.value, 0);
        const progress = section('progress');
        assert.match(progress.words, new RegExp(`已销号${sum(progress, 'done')}个`));
        assert.match(section('age').words, new RegExp(`尚未销号${sum(section('age'))}个`));
        assert.match(section('themes').words, new RegExp(`问题${sum(section('themes'))}个`));
        assert.match(section('coverage').words, /全覆盖基数20个单位/);
        assert.equal(section('coverage').items.length, 20);
    });
    await t.test('units stand in the order of their codes, page by page', async () => {
        const codes = shown.leader.sections.find((s) => s.name === 'coverage').items.map((i) => i.name);
        assert.deepEqual(codes, [...codes].sort());
        assert.equal(shown.leader.sections.find((s) => s.name === 'coverage').next, null);
    });
    await t.test('administrators and members have none', async () => {
        for (const login of ['sysadmin', 'secadmin', 'auditor']) await city.as(login).refused(403, 'GET', 'dashboard');
    });
    await t.test('in English', async () => {
        const leader = city.as('leader');
        leader.lang = 'en';
        const board = await leader.get('dashboard');
        leader.lang = null;
        for (const section of board.sections) assert.ok(!/[\u4e00-\u9fff]/.test(section.title + (section.words ?? '')), section.name);
    });
});

forEachEngine('a team\'s dashboard', async (t, city) => {
    const head = city.as('head');
    const board = await head.get('dashboard');
    assert.deepEqual(board.sections.map((s) => s.name), SECTIONS.head);
    for (const section of board.sections)
        for (const item of section.items) for (const mark of item.marks) assert.equal(await head.count(mark.list), mark.value, mark.list);
    await city.as('member1').refused(403, 'GET', 'dashboard');
});
