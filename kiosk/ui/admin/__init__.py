"""The administrator's screens.

registry          ADMIN_SCREENS: the screens that the home screen leads to, each in one line
home              AdminHome: how the day goes, what happened last, and a button for each of them
overview          what the home screen shows of the day and of the device
admin_flow        AdminFlow: asks for the password, opens the screens, and closes them after two idle minutes
admin_screen      AdminScreen, the base class; ScrollColumn, ButtonRow, ConfirmScreen
setting_row       SettingRow: what a setting is called and does, and what changes it
password_screens  asking for the password, saying that there is none, changing it
new_password      NewPasswordForm: a new password, typed twice
row_list          RowList: a long list with two lines and badges a row
rows_model        RowsModel: items of any kind, one a row
fields            FormField: a field with its name and error; PersonForm
notice            Notice: a message with a button
details_card      DetailsCard: names and values
"""
