import { ENTITIES } from './api/types';

// What each role finds in the menu. The server decides what it may see; this only spares dead ends.
export interface MenuItem {
    path: string;
    zh: string;
    en: string;
    roles: string[] | 'all';
}
const team = ['head', 'deputy', 'liaison', 'member'];
const business = ['leader', 'office', ...team, 'unit', 'discipline', 'organisation'];

export const MENU: MenuItem[] = [
    { path: '/', zh: '首页', en: 'Home', roles: 'all' },
    { path: '/dashboard', zh: '数据看板', en: 'Dashboard', roles: ['leader', 'office', 'head', 'deputy', 'unit', 'discipline', 'organisation'] },
    { path: '/units', zh: '巡察对象库', en: 'Units', roles: business },
    { path: '/rounds', zh: '巡察轮次', en: 'Rounds', roles: ['leader', 'office', ...team, 'discipline', 'organisation'] },
    { path: '/inspections', zh: '巡察工作', en: 'Inspections', roles: business },
    { path: '/papers', zh: '问题底稿', en: 'Working papers', roles: ['office', ...team] },
    { path: '/fact_checks', zh: '事实核对', en: 'Checks of facts', roles: ['office', ...team, 'unit'] },
    { path: '/findings', zh: '反馈问题', en: 'Findings', roles: business },
    { path: '/rectifications', zh: '整改台账', en: 'Rectification', roles: ['leader', 'office', 'head', 'deputy', 'unit', 'discipline', 'organisation'] },
    { path: '/adjustments', zh: '整改调整', en: 'Adjustments', roles: ['leader', 'office', 'unit', 'discipline', 'organisation'] },
    { path: '/shares', zh: '任务分工', en: 'Shares', roles: ['office', 'unit'] },
    { path: '/objections', zh: '异议', en: 'Objections', roles: ['leader', 'office', 'unit', 'discipline', 'organisation'] },
    { path: '/rechecks', zh: '整改抽查', en: 'Rechecks', roles: ['leader', 'office', 'discipline', 'organisation'] },
    { path: '/evaluations', zh: '整改评估', en: 'Evaluations', roles: ['leader', 'office', 'head', 'deputy', 'unit', 'discipline', 'organisation'] },
    { path: '/letters', zh: '函件', en: 'Letters', roles: ['leader', 'office', 'unit', 'discipline', 'organisation'] },
    { path: '/instructions', zh: '批示', en: 'Instructions', roles: ['leader', 'office'] },
    { path: '/documents', zh: '公文', en: 'Official papers', roles: ['leader', 'office', 'head', 'deputy', 'unit', 'discipline', 'organisation'] },
    { path: '/returned', zh: '读回文书', en: 'Read a paper back', roles: business },
    { path: '/verify', zh: '核验公文', en: 'Verify a paper', roles: ['leader', 'office', 'head', 'deputy', 'unit', 'discipline', 'organisation'] },
    { path: '/figures', zh: '统计指标', en: 'Figures', roles: ['leader', 'office', 'head', 'deputy', 'unit', 'discipline', 'organisation'] },
    { path: '/check', zh: '数字核对', en: 'Check figures', roles: business },
    { path: '/statistics', zh: '统计报表', en: 'Statistics forms', roles: ['leader', 'office', 'head', 'deputy', 'unit', 'discipline', 'organisation'] },
    { path: '/figure_sets', zh: '冻结指标', en: 'Frozen figures', roles: ['leader', 'office', 'discipline', 'organisation'] },
    { path: '/report', zh: '五年报告', en: 'Five-year report', roles: ['leader', 'office', 'discipline', 'organisation'] },
    ...Object.values(ENTITIES)
        .filter((e) => e.register)
        .map((e) => ({ path: '/' + e.name, zh: e.zh + '登记', en: e.en, roles: ['leader', 'office', 'discipline', 'organisation'] })),
    { path: '/workbooks', zh: '整改工作簿', en: 'Workbooks', roles: ['office'] },
    { path: '/imports', zh: '批量导入', en: 'Imports', roles: ['office'] },
    { path: '/templates', zh: '文书模板', en: 'Templates', roles: ['office'] },
    { path: '/people', zh: '人员', en: 'People', roles: ['office', 'system_admin'] },
    { path: '/rule_sets', zh: '规则版本', en: 'Rule sets', roles: ['office', 'leader'] },
    { path: '/accounts', zh: '账号管理', en: 'Accounts', roles: ['system_admin', 'security_admin'] },
    { path: '/assignments', zh: '权限管理', en: 'Rights', roles: ['security_admin'] },
    { path: '/audit', zh: '安全审计', en: 'Audit', roles: ['auditor'] },
];

// Who finds the box in the bar.
export const maySearch = (role: string | null): boolean => role !== null && business.includes(role);

export const menuFor = (role: string | null): MenuItem[] =>
    MENU.filter((item) => item.path === '/' || (role !== null && (item.roles === 'all' || item.roles.includes(role))));
