"""Bytes to text: sniffing, PDF, images, OCR, in worker processes with limits."""
