main(String[])
const rate = 100
main(String[])
const table = (10, 20, 30)
main(String[])
