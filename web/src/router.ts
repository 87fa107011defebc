import { createRouter, createWebHistory } from 'vue-router';
import { state } from './api/client';
import HomeView from './views/HomeView.vue';
import LoginView from './views/LoginView.vue';


export const router = createRouter({
    history: createWebHistory(),
    routes: [
        { path: '/login', component: LoginView },
        { path: '/', component: HomeView },
        { path: '/units/:id', component: () => import('./views/UnitView.vue') },
        { path: '/rounds/:id', component: () => import('./views/RoundView.vue') },
        { path: '/inspections/:id', component: () => import('./views/InspectionView.vue') },
        { path: '/papers/:id', component: () => import('./views/PaperView.vue') },
        { path: '/rectifications/:id', component: () => import('./views/RectificationView.vue') },
        { path: '/documents/:id', component: () => import('./views/DocumentView.vue') },
        { path: '/returned', component: () => import('./views/ReturnedView.vue') },
        { path: '/verify', component: () => import('./views/VerifyView.vue') },
        { path: '/templates', component: () => import('./views/TemplatesView.vue') },
        { path: '/filings/:id', component: () => import('./views/FilingView.vue') },
        { path: '/rechecks/:id', component: () => import('./views/RecheckView.vue') },
        { path: '/evaluations/:id', component: () => import('./views/EvaluationView.vue') },
        { path: '/evaluation_sheets/:id', component: () => import('./views/EvaluationView.vue') },
        { path: '/workbooks/:id', component: () => import('./views/WorkbookView.vue') },
        { path: '/imports/new', component: () => import('./views/ImportNew.vue') },
        { path: '/imports/:id', component: () => import('./views/ImportView.vue') },
        { path: '/dashboard', component: () => import('./views/DashboardView.vue') },
        { path: '/wall', component: () => import('./views/WallView.vue') },
        { path: '/report', component: () => import('./views/ReportView.vue') },
        { path: '/figure_sets/:id', component: () => import('./views/FigureSetView.vue') },
        { path: '/statistics', component: () => import('./views/StatisticsView.vue') },
        { path: '/statistics/:id', component: () => import('./views/StatisticView.vue') },
        { path: '/figures', component: () => import('./views/FiguresView.vue') },
        { path: '/search', component: () => import('./views/SearchView.vue') },
        { path: '/check', component: () => import('./views/CheckView.vue') },
        { path: '/audit', component: () => import('./views/AuditView.vue') },
        { path: '/:entity/:id', component: () => import('./views/RecordPage.vue') },
        { path: '/:entity', component: () => import('./views/ListView.vue') },
    ],
    // A page begins at its top, and going back finds it as it was left; another condition of the same list moves nothing.
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
});

router.beforeEach((to) => {
    const inside = state.session && !state.session.must_change;
    if (!inside && to.path !== '/login') return { path: '/login', query: { to: to.fullPath } };
    return true;
});


