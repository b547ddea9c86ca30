def judge_preuves(juge, atelier, lues, fetch, dates):
    return 0
