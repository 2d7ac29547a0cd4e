"""Does a test notice when a permission check is gone? ``run.py test --mutation``.

Every check of the product is removed in turn, one at a time, in a forked process, and the tests
that pass through it are run until one fails. A check whose removal no test notices is a failure.
"""
