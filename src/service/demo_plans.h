/* The two cities that demo_make() chooses from, played on a stage. */
#ifndef SERVICE_DEMO_PLANS_H
#define SERVICE_DEMO_PLANS_H

#include "service/demo_stage.h"

Status demo_make_small(Stage *st) MUST_CHECK;
Status demo_make_city(Stage *st, int scale) MUST_CHECK;

#endif
