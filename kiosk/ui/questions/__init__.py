"""Open questions: what somebody has to say before hours are right.

screen         QuestionsScreen: forgotten exits first, then forgotten entries, then what employees ask for
backend        what the screens need of the kiosk
answer_screen  AnswerScreen: one question or request, answered by a touch on what is proposed
refuse_screen  RefuseScreen: why a request is refused
"""
