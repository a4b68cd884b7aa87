"""Tests of the site, a package so that no installed one of this name stands in its place."""
