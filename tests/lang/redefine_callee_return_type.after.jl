main(String[])
value() = 3.0
main(String[])
value() = 1//3
