"""Excerpts into pictures. Only a child process imports these modules, so that the worker never loads Pillow."""
