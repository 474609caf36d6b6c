"""What many do at the same moment, and what must be true after it. Each race says what it saw, and what fell."""
