"""How firm a solution is: choices moved a little, and cases in other groups.

Comes in: memberships, a solution and the choices that it hangs on, or other solutions beside it.
Goes out: how far each choice can be moved, what stays of the solution, which cases carry it, and
whether it holds in each group of cases.
"""
