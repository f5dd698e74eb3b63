"""Tests of conversations: files about subjects, and the samples that are sent."""
