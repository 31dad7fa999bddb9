main(String[])
table[1] = 100
main(String[])
const table = [10, 20]
