"""The parts of Rasa's understanding pipeline that are ours."""
