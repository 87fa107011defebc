import { ENTITIES } from './api/types';

// What each role finds in the menu. The server decides what it may see; this only spares dead ends.
export interface MenuItem {
    path: string;
    zh: string;
    en: string;
    roles: string[] | 'all';
}
const team = ['head', 'deputy', 'liaison', 'member'];
const supervisors = ['discipline', 'organisation', 'propaganda'];
const business = ['leader', 'office', ...team, 'unit', ...supervisors];

export interface MenuGroup {
    name: string;
    zh: string;
    en: string;
    items: MenuItem[];
}

export const FIRST: MenuItem[] = [
    { path: '/', zh: '首页', en: 'Home', roles: 'all' },
    { path: '/dashboard', zh: '数据看板', en: 'Dashboard', roles: ['leader', 'office', 'head', 'deputy', 'unit', ...supervisors] },
];
export const GROUPS: MenuGroup[] = [
    {
        name: 'inspect', zh: '巡察', en: 'Inspection',
        items: [
            { path: '/units', zh: '巡察对象库', en: 'Units', roles: business },
            { path: '/rounds', zh: '巡察轮次', en: 'Rounds', roles: ['leader', 'office', ...team, ...supervisors] },
            { path: '/inspections', zh: '巡察工作', en: 'Inspections', roles: business },
            { path: '/papers', zh: '问题底稿', en: 'Working papers', roles: ['office', ...team] },
            { path: '/fact_checks', zh: '事实核对', en: 'Checks of facts', roles: ['office', ...team, 'unit'] },
            { path: '/findings', zh: '反馈问题', en: 'Findings', roles: business },
        ],
    },
    {
        name: 'rectify', zh: '整改', en: 'Rectification',
        items: [
            { path: '/rectifications', zh: '整改台账', en: 'Rectification', roles: ['leader', 'office', 'head', 'deputy', 'unit', ...supervisors] },
            { path: '/adjustments', zh: '整改调整', en: 'Adjustments', roles: ['leader', 'office', 'unit', ...supervisors] },
            { path: '/shares', zh: '任务分工', en: 'Shares', roles: ['office', 'unit'] },
            { path: '/filings', zh: '整改材料', en: 'Filings', roles: ['leader', 'office', 'head', 'deputy', 'unit', ...supervisors] },
            { path: '/objections', zh: '异议', en: 'Objections', roles: ['leader', 'office', 'unit', ...supervisors] },
            { path: '/effects', zh: '整改成效', en: 'Effects', roles: ['leader', 'office', 'head', 'deputy', 'unit', ...supervisors] },
            { path: '/rechecks', zh: '整改抽查与回访', en: 'Rechecks and return visits', roles: ['leader', 'office', ...supervisors] },
            { path: '/evaluations', zh: '整改评估', en: 'Evaluations', roles: ['leader', 'office', 'head', 'deputy', 'unit', ...supervisors] },
        ],
    },
    {
        name: 'supervise', zh: '监督', en: 'Supervision',
        items: [
            { path: '/letters', zh: '函件', en: 'Letters', roles: ['leader', 'office', 'unit', ...supervisors] },
            { path: '/talks', zh: '约谈', en: 'Accountability talks', roles: ['leader', 'office', ...supervisors] },
            { path: '/talk_parties', zh: '被约谈单位', en: 'Units called', roles: ['leader', 'office', 'unit', ...supervisors] },
            { path: '/legacy_issues', zh: '历史遗留问题', en: 'Old unresolved matters', roles: ['leader', 'office', ...supervisors] },
            { path: '/supervision_logs', zh: '监督日志', en: 'Supervision log', roles: ['leader', 'office', ...supervisors] },
            { path: '/instructions', zh: '批示', en: 'Instructions', roles: ['leader', 'office'] },
        ],
    },
    {
        name: 'papers', zh: '公文', en: 'Papers',
        items: [
            { path: '/documents', zh: '公文', en: 'Official papers', roles: ['leader', 'office', 'head', 'deputy', 'unit', ...supervisors] },
            { path: '/returned', zh: '读回文书', en: 'Read a paper back', roles: business },
            { path: '/verify', zh: '核验公文', en: 'Verify a paper', roles: ['leader', 'office', 'head', 'deputy', 'unit', ...supervisors] },
            { path: '/templates', zh: '文书模板', en: 'Templates', roles: ['office'] },
        ],
    },
    {
        name: 'figures', zh: '统计', en: 'Figures',
        items: [
            { path: '/figures', zh: '统计指标', en: 'Figures', roles: ['leader', 'office', 'head', 'deputy', 'unit', ...supervisors] },
            { path: '/check', zh: '数字核对', en: 'Check figures', roles: business },
            { path: '/statistics', zh: '统计报表', en: 'Statistics forms', roles: ['leader', 'office', 'head', 'deputy', 'unit', ...supervisors] },
            { path: '/figure_sets', zh: '冻结指标', en: 'Frozen figures', roles: ['leader', 'office', ...supervisors] },
            { path: '/report', zh: '五年报告', en: 'Five-year report', roles: ['leader', 'office', ...supervisors] },
        ],
    },
    {
        name: 'registers', zh: '登记簿', en: 'Registers',
        items: Object.values(ENTITIES)
            .filter((e) => e.register)
            .map((e) => ({ path: '/' + e.name, zh: e.zh + '登记', en: e.en, roles: ['leader', 'office', ...supervisors] })),
    },
    {
        name: 'keep', zh: '管理', en: 'Administration',
        items: [
            { path: '/people', zh: '人员', en: 'People', roles: ['office', 'system_admin'] },
            { path: '/rule_sets', zh: '规则版本', en: 'Rule sets', roles: ['office', 'leader'] },
            { path: '/workbooks', zh: '整改工作簿', en: 'Workbooks', roles: ['office'] },
            { path: '/imports', zh: '批量导入', en: 'Imports', roles: ['office'] },
            { path: '/accounts', zh: '账号管理', en: 'Accounts', roles: ['system_admin', 'security_admin'] },
            { path: '/assignments', zh: '权限管理', en: 'Rights', roles: ['security_admin'] },
            { path: '/audit', zh: '安全审计', en: 'Audit', roles: ['auditor'] },
        ],
    },
];
export const MENU: MenuItem[] = [...FIRST, ...GROUPS.flatMap((g) => g.items)];

// Who finds the box in the bar.
export const maySearch = (role: string | null): boolean => role !== null && business.includes(role);

const isFor = (role: string | null) => (item: MenuItem): boolean =>
    item.path === '/' || (role !== null && (item.roles === 'all' || item.roles.includes(role)));
export const menuFor = (role: string | null): MenuItem[] => MENU.filter(isFor(role));
export const firstFor = (role: string | null): MenuItem[] => FIRST.filter(isFor(role));
// Only groups with something in them.
export const groupsFor = (role: string | null): MenuGroup[] =>
    GROUPS.map((g) => ({ ...g, items: g.items.filter(isFor(role)) })).filter((g) => g.items.length);
